"""The characters and words that numerals are written with, and what a run of them is worth."""

import math

# Characters fold one to one, so that an offset into the folded text is one into the caller's.
_TRADITIONAL = (
    "貳叄參陸"
    "並亞佔併來侖係個備傢債傾價億儲內兩凈剋創劃劉動務勵區協厤員單噸噹嚮國圍圓報場塊塵壓壩壽學"
    "寀實寧審寶將對峯峽崗崙帶幣幾廠廢廣彔徑從復愛態慶應懞懸戶採換撐據擴攝數於昇時曆曏會東桿條"
    "棟業構樓標樞樹機檯權歐歷歸氣氫汙淨減準溫滿漁漲漿潔潤濟灘灣為烏煙熱營爐爲爾獎獲獻環產産畝"
    "異當發盧眾矇碼礎礦稅種稱積穫箇節築簽籤紀約紅納紐純級紮組結統經綜綠綫維網緑線緯緻縮總織繫"
    "繳續纔纜羅羣義聯職肅脩脫臘臺與茲華菸萬葉薩蘇蘭處號衆衚裏補裝裡製複覈規訂計設許註証該談論"
    "證議變讓負財貢貧貨貴貸費貼資賓質購踰車輛輪輸轂轉轎辦農迴這連週運過達遷遼還邊釐鈡鈣鈦銀銅"
    "銖銷鋁鋰鋼錄錠錢錦錫録鍾鎊鏈鏡鐘鑄長門開間閤闆闊陝陞陸陽隊階際離雲電靜韆韓頂頃項預領頭顆"
    "額類風颱餘馬體髮鬍鶴鹽麥麪麫麵點齣龍矽"
)
_SIMPLIFIED = (
    "贰叁叁陆"
    "并亚占并来仑系个备家债倾价亿储内两净克创划刘动务励区协历员单吨当向国围圆报场块尘压坝寿学"
    "采实宁审宝将对峰峡岗仑带币几厂废广录径从复爱态庆应蒙悬户采换撑据扩摄数于升时历向会东杆条"
    "栋业构楼标枢树机台权欧历归气氢污净减准温满渔涨浆洁润济滩湾为乌烟热营炉为尔奖获献环产产亩"
    "异当发卢众蒙码础矿税种称积获个节筑签签纪约红纳纽纯级扎组结统经综绿线维网绿线纬致缩总织系"
    "缴续才缆罗群义联职肃修脱腊台与兹华烟万叶萨苏兰处号众胡里补装里制复核规订计设许注证该谈论"
    "证议变让负财贡贫货贵贷费贴资宾质购逾车辆轮输毂转轿办农回这连周运过达迁辽还边厘钟钙钛银铜"
    "铢销铝锂钢录锭钱锦锡录钟镑链镜钟铸长门开间合板阔陕升陆阳队阶际离云电静千韩顶顷项预领头颗"
    "额类风台余马体发胡鹤盐麦面面面点出龙硅"
)
FOLD = (
    {ord(t): ord(s) for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
    | {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F) if c != 0xFF0C}  # ，stays a clause's comma
    | {c: c - 0xFEE0 + 32 for c in range(0xFF21, 0xFF3B)}
    | {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t"), ord(" "))
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), ord("-"))
    | dict.fromkeys(map(ord, "’‘ʼ′＇"), ord("'"))
    | dict.fromkeys(map(ord, "〜∼～"), ord("~"))
    | dict(zip(map(ord, "₀₁₂₃₄₅₆₇₈₉"), map(ord, "0123456789"), strict=True))
    | dict.fromkeys(map(ord, "○◯"), ord("〇"))
    | {ord("㎡"): ord("㎡"), ord("﹪"): ord("%"), ord("ｍ"): ord("m")}
)

DIGIT = {c: float(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0.0, "两": 2.0, "壹": 1.0, "贰": 2.0, "叁": 3.0, "肆": 4.0, "伍": 5.0, "陆": 6.0,
    "柒": 7.0, "捌": 8.0, "玖": 9.0,
}  # fmt: skip
TENS = {"十": 10.0, "拾": 10.0, "百": 100.0, "佰": 100.0, "千": 1e3, "仟": 1e3}
MYRIADS = {"万": 1e4, "亿": 1e8}
MULTIPLIER = TENS | MYRIADS | {"兆": 1e12}

ENGLISH = {
    word: float(i)
    for i, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )  # fmt: skip
    )
} | {
    word: float(10 * i)
    for i, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
    "lakh": 1e5, "lac": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "cr": 1e7, "millions": 1e6,
    "dozen": 12.0,
}  # fmt: skip
PART = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
         "fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1,
         "double": 2.0, "twice": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0}  # fmt: skip
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


def arabic(printed: str) -> tuple[float, float]:
    """Give the value and the step of the last digit of Arabic digits with their separators."""
    if printed.isdigit() and printed.isascii():
        return float(printed), 1.0
    whole, _, decimal = printed.partition(".")
    if whole.isdecimal() and decimal.isdecimal():
        return float(printed), 10.0 ** -len(decimal)
    if printed[-1] in VULGAR:
        return (float(printed[:-1]) if len(printed) > 1 else 0.0) + VULGAR[printed[-1]], 0.05
    plain = printed.replace("，", ",").replace(" ", "").replace("'", "")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    elif "," in plain:
        head, _, tail = plain.rpartition(",")
        grouped = len(tail.partition(".")[0]) == 3 and head not in ("", "0")
        plain = plain.replace(",", "") if grouped else f"{head}.{tail}"
    mantissa, _, exponent = plain.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(plain), 10.0 ** (int(exponent or 0) - decimals)


def chinese(run: str) -> float | tuple[float, float] | None:
    """Give the value of a run of Chinese digits and multipliers; a pair for 三四百; None where it is none."""
    run = run.replace(".", "点")
    if "点" in run:
        whole, _, rest = run.partition("点")
        digits = rest.rstrip("十百千万亿拾佰仟")
        scale = 1.0
        for char in rest[len(digits) :]:
            scale *= MULTIPLIER[char]
        head = chinese(whole)
        if not digits or head is None or isinstance(head, tuple):
            return None
        if any(char not in DIGIT for char in digits):
            return None
        return (head + float("0." + "".join(f"{DIGIT[char]:.0f}" for char in digits))) * scale
    if len(run) > 1 and all(char in DIGIT for char in run):
        if len(run) == 2 and DIGIT[run[1]] == DIGIT[run[0]] + 1 and run[0] not in "零〇":
            return DIGIT[run[0]], DIGIT[run[1]]
        return float("".join(f"{DIGIT[char]:.0f}" for char in run))
    places = run.rstrip("万亿")
    if len(places) > 2 and len(places) < len(run) and all(char in DIGIT for char in places):
        scale = math.prod(MYRIADS[char] for char in run[len(places) :])
        return float("".join(f"{DIGIT[char]:.0f}" for char in places)) * scale  # 一三六五万
    total = section = 0.0
    digit: float | None = None
    low: float | None = None  # the lower of two neighbours: 三四百 is 300 to 400
    last = math.inf
    spread = 0.0
    for char in run.replace("廿", "二十").replace("卅", "三十"):
        if char in DIGIT:
            if digit is not None and digit != 0.0:
                if low is not None or DIGIT[char] != digit + 1:
                    return None
                low = digit
            digit = DIGIT[char]
        elif char in TENS:
            unit = TENS[char]
            if low is not None and digit is not None:
                spread = (digit - low) * unit
            section += (1.0 if digit is None else digit) * unit
            digit = low = None
        else:
            unit = MYRIADS[char]
            if low is not None and digit is not None:
                spread = digit - low
            section += digit or 0.0
            if section == 0.0 and total == 0.0:
                section = 1.0
            if section == 0.0:
                total *= unit
            elif unit > last:
                total = (total + section) * unit
            else:
                total += section * unit
            spread *= unit
            section, digit, low, last = 0.0, None, None, unit
    if digit is not None:
        if low is not None:
            spread = digit - low
        bare = run[-2:-1]
        scale = MULTIPLIER.get(bare, 0.0)
        # 一万二 is 12 000, 两千五 is 2500; after 零 or 十 the digit counts itself
        section += digit * (scale / 10.0 if scale >= 100.0 else 1.0)
    value = total + section
    return (value - spread, value) if spread else value


def chinese_step(run: str) -> float:
    """Give one unit of the last printed digit of a Chinese numeral."""
    step = 1.0
    for char in reversed(run):
        if char not in MULTIPLIER:
            break
        step *= MULTIPLIER[char]
    decimals = run.replace(".", "点").partition("点")[2].rstrip("十百千万亿拾佰仟")
    return step * 10.0 ** -len(decimals) if decimals else step
