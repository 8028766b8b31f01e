"""What money in a text is paid for or earned by, from the words around."""

import re
from collections.abc import Sequence

from wafer_calc.claims.reading.around import (
    NO_TOPICS,
    Around,
    Meaning,
    direct_words,
    meant,
    over_years,
    period_of,
    pick,
)
from wafer_calc.claims.reading.figure import Printed

__all__ = ["worth"]

_MONEY = {
    "investment": "investment", "output_value": "output value", "sales": "sales", "tax": "tax",
    "profit": "profit", "tariff": "tariff", "price": "price", "finance": "financing",
    "rent": "rent", "saving": "saving", "wage": "wages", "growth": "growth",
}  # fmt: skip
_MONEY_TOPICS = (frozenset(_MONEY) - {"growth"}) | {"worth"}
_YEARLY_MONEY = frozenset(("output_value", "sales", "tax", "profit"))


def worth(
    folded: str,
    one: Printed,
    near: Around,
    cmp: str,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
    powers: Sequence[float],
) -> Meaning:
    """Tell investments, sales, taxes, prices and the like, and over which time they run."""
    end = one.end
    topic = None
    closing = folded.find(")", end, end + 40) if folded.startswith((" (", "("), end) else -1
    words = direct_words(folded, closing + 1 if closing > 0 else end)
    if any(word in _PROJECT_NOUNS for word in words) or words[:1] in _SET_ASIDE:
        topic = "investment"
    if _SPENT.match(folded, end) or _OF_A_PLANT.match(folded, end):
        topic = "investment"
    if _TO_RAISE.match(folded, end):
        topic = "investment"
    if folded.startswith((" in financing", " in project financing", " in project finance"), end):
        topic = "investment"
    if topic is None:
        for start, _, tags, breaks, crossed in near.behind:
            if breaks or crossed or start - end > 25:
                break
            found = tags.get("topic")
            lead = folded[end:start]
            if lead.strip() in _NEXT_VERB:
                break  # "cost 17 crore and saves 9 million litres"
            if folded.startswith("prices", start):
                continue  # "in 2015 prices" says nothing of what was paid for
            if found is not None and (match := (found & _MONEY_TOPICS) - {"worth"}):
                if len(lead) <= 2 or re.fullmatch(
                    r"(?:的| in| of| worth of| a year in| annual| in annual| per year in)? ?(?:\w+ )?",
                    lead,
                ):
                    topic = pick(match)
                break
    if topic is None:
        topic = _nearest_money(near)
    value = one.most
    made = previous is not None and previous[1].kind == "wafer_count" and value >= _LEAST_PLANT_COST
    if made and previous is not None and _WORTH.search(folded[previous[0].end : one.start]):
        return meant("money", cmp, previous[1].per, "output value")  # wafers worth so much
    if topic in ("investment", "sales") and value < _LEAST_INVESTMENT:
        topic = "price"
    beside = (
        previous is not None and previous[1].kind == "investment" and (end - previous[0].end < 60)
    )
    if topic is None and beside and _SHARE_FROM.match(folded, end):
        topic = "investment"  # an $11m programme: $7m from one, $4m from another
    if topic is None and over_years(folded, one, near, previous, following):
        return meant("money", cmp, "total", None)
    plant = bool(powers) or (following is not None and following.unit.base == "W")
    if topic is None and plant and value >= _LEAST_PLANT_COST:
        topic = "investment"  # "580 MW, 3,000 hectares, $2.5 billion"
    if topic == "investment" and _BUDGET.search(folded, one.start - 50, one.start):
        topic = None
    if topic == "investment":
        return meant("investment", cmp, "total", None)
    period, yearly = period_of(near, one, attached=30)
    if period == "month":
        period = "none"
    if period is None:
        if topic in _YEARLY_MONEY and over_years(folded, one, near, previous, following):
            period = "total"
        elif topic in _YEARLY_MONEY:
            period = "year"
        elif topic == "tariff" or value < _LEAST_INVESTMENT and not _is_scaled(one):
            period = "none"  # 0.3 yuan is what one of something costs
        else:
            period = "year" if yearly and topic in ("saving", "rent", "wage") else "total"
    return meant("money", cmp, period, _MONEY.get(topic or ""))


_WORTH = re.compile(r"^[^.;]{0,24}\bworth\b[^.;]{0,24}$|^[^。；]{0,6}(?:价值|产值)[^。；]{0,6}$")
_BUDGET = re.compile(
    r"(?:operating|annual|yearly|running) (?:budget|costs?|expenses|expenditure)[^.;]{0,24}$"
)
_SPENT = re.compile(
    r"(?: \([^)]{1,24}\))? (?:will be|is being|has been|have been|was|were|is to be|would be|are to be|being) (?:invested|spent|pumped|poured|put) (?:in|on)\b"
)
# "the $650m, 96-turbine Dundonnell windfarm"
_OF_A_PLANT = re.compile(
    r",? ?[0-9.,]{1,7}[ -](?:mw|megawatt|turbine|acre|panel|unit|gw)s?,? (?:[a-z'-]{2,20} ){0,4}"
    r"(?:windfarm|wind farm|wind project|solar (?:farm|park|plant|project|array)|plant|project|scheme|station|facility)\b"
)


# "spends 1,350 million to raise wafer capacity": what is raised is no loan
_TO_RAISE = re.compile(r" to rais(?:e|ing) (?:[a-z'-]+ ){0,4}(?:capacity|output|production)\b")


def _is_scaled(one: Printed) -> bool:
    number = one.number if isinstance(one.number, float) else one.number[1]
    return number >= 1e3


_NEXT_VERB = frozenset(("and", "but", "which", "that", "while"))
_SHARE_FROM = re.compile(r" (?:from|by) [a-z]")
_SET_ASIDE = (["allocated"], ["earmarked"], ["devoted"])
_LEAST_INVESTMENT = 100.0  # what one wafer costs is a price
_LEAST_PLANT_COST = 1e6
_PROJECT_NOUNS = frozenset(
    (
        "project", "plant", "farm", "facility", "scheme", "development", "complex", "expansion",
        "investment", "factory", "array", "programme", "program", "park", "station", "windfarm",
        "dam", "reactor", "reactors", "upgrade", "gigafactory",
    )
)  # fmt: skip


def _nearest_money(near: Around) -> str | None:
    worth = None
    for side, whole in ((near.before, False), (near.behind, False), (near.before, True)):
        for _, _, tags, breaks, crossed in side:
            if not whole and (breaks >= 2 or crossed):
                break
            match = tags.get("topic", NO_TOPICS) & _MONEY_TOPICS
            if not match:
                continue
            if whole and match == {"saving"}:
                continue  # what is saved in another clause are tonnes
            if "worth" in match:  # "a contract worth" is a price, "a project worth" an investment
                worth = "investment"
                continue
            return "investment" if "investment" in match else pick(match)
    return worth
