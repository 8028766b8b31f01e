"""The characters and words that numerals are written with, and what a run of them is worth."""

import math

# Characters fold one to one, so that an offset into the folded text is one into the caller's.
_TRADITIONAL = (
    "億億萬兩噸圓畝瓏時電風發產總萊達過約餘數個臺棟塊顆輛戶間層條組項點倍從節減標準煤"
    "碳氧氫氮機裝網併並規劃設計畢業資額稅價貨幣歐鎊盧韓挪迪盾幾壹貳參肆陸捌玖伍拾佰仟"
    "廠場園區縣鎮鄉灣島陽陸關壩庫峽華龍號單雙獨獲將會讓實現滿園給與為於傳輸線纜變壓"
    "積畫長寬積鋼鐵鋁礦鹽銀買賣購費鏡聚熱儲鋰蓄續質張負責員農業業勞動營運維護預測試驗"
    "級際國內處樓頂輪轉葉葉齡歲後來離遠邊側頭種樹綠環護氣溫廢塵灰飛燒滅損壞當於相對"
    "僅僅餘較還這該項擬擴續優廣東龐較連續啟開關閉調劑頻樣戰爭雲贛瓊遼寧鄂魯晉陝隴貴滬"
    "蘇錫蕪滁鹽連雲廈莞瀾滄雅礱瀘溪灘萬縣烏錦屏澤溝嶺橋壇麗寶雞鞏義徐滬瀘濰煙濟黃"
    "選顯統結構術認證據報導記談協議簽訂書競標歷歐亞聯邦聖聲響應許可審批辦進出遞達標減稅負擔銷售業務執"
    "閘纖維極層寬帶廳禮讚讓馬爾薩爾聖約納維亞贊墊樁基礎礎艙槳徑擋牆隧鑽巖爐鍋圈鈣鈦礦異質結晶"
)
_SIMPLIFIED = (
    "亿亿万两吨圆亩珑时电风发产总莱达过约余数个台栋块颗辆户间层条组项点倍从节减标准煤"
    "碳氧氢氮机装网并并规划设计毕业资额税价货币欧镑卢韩挪迪盾几壹贰叁肆陆捌玖伍拾佰仟"
    "厂场园区县镇乡湾岛阳陆关坝库峡华龙号单双独获将会让实现满园给与为于传输线缆变压"
    "积画长宽积钢铁铝矿盐银买卖购费镜聚热储锂蓄续质张负责员农业业劳动营运维护预测试验"
    "级际国内处楼顶轮转叶叶龄岁后来离远边侧头种树绿环护气温废尘灰飞烧灭损坏当于相对"
    "仅仅余较还这该项拟扩续优广东庞较连续启开关闭调剂频样战争云赣琼辽宁鄂鲁晋陕陇贵沪"
    "苏锡芜滁盐连云厦莞澜沧雅砻泸溪滩万县乌锦屏泽沟岭桥坛丽宝鸡巩义徐沪泸潍烟济黄"
    "选显统结构术认证据报导记谈协议签订书竞标历欧亚联邦圣声响应许可审批办进出递达标减税负担销售业务执"
    "闸纤维极层宽带厅礼赞让马尔萨尔圣约纳维亚赞垫桩基础础舱桨径挡墙隧钻岩炉锅圈钙钛矿异质结晶"
)
assert len(_TRADITIONAL) == len(_SIMPLIFIED)
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
    decimals = run.partition("点")[2].rstrip("十百千万亿拾佰仟")
    return step * 10.0 ** -len(decimals) if decimals else step
