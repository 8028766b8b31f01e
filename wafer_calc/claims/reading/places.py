"""Which country a text is about, by the places it names and the characters it is written in."""

import re

from wafer_calc.claims.reading.around import pick
from wafer_calc.claims.reading.cues import Marks

__all__ = ["country_of", "named_country", "of_script"]

_MAKERS = re.compile(
    r"china three gorges|[\u4e00-\u9fff]{2,12}(?:公司|集团|设计院|研究院)(?:总承包|承建|施工|承担|设计|参建|建设)的"
    r"|(?:china|chinese|china's|中国|中)(?:[- ](?:built|funded|backed|made|owned)| is helping| helps?| (?:[a-z]+ ){0,2}(?:company|companies|corporation|corp|firms?|contractors?|group|bank|manufacturer|maker|developer|giant|consortium)"
    r"|(?:[\u4e00-\u9fff]{0,4}(?:公司|集团|能建|电建|三峡|企业|承建|援建|葛洲坝|银行|制造|产风|产的|水电建设)))"
)
# "Swedish energy giant …", "Spain's developer …": where the firm is at home the plant need not be
_FIRMS = re.compile(
    r"[a-z.]+(?:'s|’s)? (?:[a-z-]+ ){0,3}(?:companies|company|corporation|firms?|contractors?|group|banks?|manufacturer|maker|developer|giant|consortium|multinational|investor|supplier)\b(?! (?:of|for) )"
)
_TRADITIONAL = 3  # so many characters that only Taiwan and Hong Kong write


def country_of(folded: str, marks: Marks) -> str | None:
    """Give the country a text is about: the first it names, but not the builder's.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    marks : Marks
        Its cues.

    Returns
    -------
    str or None
        None where it names none and nothing else tells.
    """
    named = named_country(folded, marks)
    if named is not None:
        return named
    american = _AMERICAN if _is_american(folded) else None
    return american or _of_yardstick(marks) or ("EU" if _EUROPEAN.search(folded) else None)


def named_country(folded: str, marks: Marks, first: int = 0, stop: int | None = None) -> str | None:
    """Give the first country that some cues name, the builder's only where there is no other.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    marks : Marks
        Its cues.
    first, stop : int
        Number of the first cue to look at, and of the first behind them; all if left out.

    Returns
    -------
    str or None
        None where they name none.
    """
    builders: str | None = None
    size = len(marks.tags) if stop is None else stop
    for at in range(first, min(size, first + _LOOKED_AT)):
        tags = marks.tags[at]
        if "place" not in tags or folded.startswith(_MONEY, marks.ends[at]):
            continue  # "38.5 million U.S. dollars" says nothing of where
        place = pick(tags["place"])
        made_by = _MAKERS if place == "China" else _FIRMS
        if not made_by.match(folded, marks.starts[at]):
            return place
        builders = builders or place
    return builders


_LOOKED_AT = 4000  # cues of a text
_MONEY = ("$", " $", " dollar", "-dollar", " cents")


def _of_yardstick(marks: Marks) -> str | None:
    """Give the country of the first well-known plant that a text without any country names."""
    named = (_AT.get(pick(tags["yardstick"])) for tags in marks.tags[:4000] if "yardstick" in tags)
    return next((place for place in named if place), None)


_EUROPEAN = re.compile(r"\beurop(?:e|ean)\b(?! (?:union|commission|parliament|investment|bank))")
_AT = dict.fromkeys(
    ("three_gorges", "baihetan", "wudongde", "xiluodu", "xiangjiaba", "gezhouba", "daya_bay", "qinshan",
     "taishan", "xiaolangdi", "jinping", "longyangxia", "liujiaxia", "danjiangkou", "xinanjiang", "yangtze_six"),
    "China",
) | dict.fromkeys(("hoover_dam", "grand_coulee", "topaz"), "US") | dict.fromkeys(
    ("hinkley_point_c", "sizewell", "drax"), "UK"
) | {"itaipu": "Brazil", "aswan": "Egypt"}  # fmt: skip


def _is_american(folded: str) -> bool:
    """Whether bare dollars and customary units stand together, as no other country prints them."""
    if _DOLLARS.search(folded) is None or _CUSTOMARY.search(folded) is None:
        return False
    return _ELSEWHERE.search(folded) is None


_AMERICAN = "US"
_DOLLARS = re.compile(r"\$(?<![a-z]\$) ?[0-9]")
_ELSEWHERE = re.compile(
    r"[€£₹]|\b(?:euros?|hectares?|tonnes?|(?:kilo)?met(?:er|re)s?|km|rs|crore)\b"
)
_CUSTOMARY = re.compile(r"\b(?:acres?|square (?:feet|foot|miles?)|sq\.? ?ft)\b")


def of_script(text: str, folded: str) -> str:
    """Give Taiwan for a text in traditional characters, of which China writes none."""
    changed = sum(
        1
        for a, b in zip(text[:400], folded[:400], strict=True)
        if a != b and "\u4e00" <= a <= "\u9fff"
    )
    return "Taiwan" if changed >= _TRADITIONAL else "China"
