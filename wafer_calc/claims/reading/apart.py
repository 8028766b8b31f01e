"""Sentences about a whole country's fleet or plan, apart from the project that a text is about."""

import re
from collections.abc import Sequence

from wafer_calc.claims.reading.around import Meaning
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.nouns import any_of

__all__ = ["set_apart"]

_AGGREGATE = re.compile(
    r"[全我国政光风水核新](?<!占.)(?:(?:(?<=全)(?:国|省|市|区|县|州|台|球|世界|国性|行业|社会)|(?<=我)国|(?<=国)家能源局)"
    r"(?!最|首|第一|第二|第三|单体|单机|单个|规模最|海拔|范围|唯一|领先|重点|性|先进|同类|在建|已建|一流|知名|目前最|规模)"
    r"|(?<=政)府(?:也|并)?(?:计[划畫]|规划|目标|预计|称|表示|统计)|(?<=国)家(?:计[划畫]|规划|目标)"
    r"|(?:(?:(?<=光)伏|(?<=[风水核])电)(?<=[\u4e00-\u9fff]{4})|(?<=新)能源(?<=[\u4e00-\u9fff]{5}))(?:累计|总)?装机(?!容量为|规模为)"
    r"|(?<=新)能源(?<=[\u4e00-\u9fff]{5})(?:累计|总)?发电量)"
)
_LAND = any_of(
    ("india", "china", "chinese mainland", "uk", "britain", "germany", "america", "spain", "australia", "france",
     "italy", "japan", "brazil", "canada", "mexico", "turkey", "egypt", "vietnam", "south korea", "south africa",
     "poland", "sweden", "denmark")
)  # fmt: skip
_ITS = r"'s (?:[a-z]+ ){0,3}(?:capacity|fleet|generation|output|targets?)\b"
_FLEET = re.compile(
    r"\W(?:(?:nationwide|nationally|countrywide|worldwide|globally)\b"  # from word to word
    r"|the (?:(?:country|nation|state|province|world|government)(?: has| had| aims| plans| wants| will| now)\b"
    rf"|(?:country|nation|state|province|world){_ITS})"
    rf"|(?:{_LAND})(?:{_ITS}| (?:has|had|now has) (?:a |an )?(?:total|installed|cumulative|[0-9])"
    r"| (?:aims|aimed|plans|wants|hopes|intends|must|seeks)\b)"
    r"|if (?:all|every) (?:the |of the )?(?:[a-z-]+ ){0,3}(?:plants?|stations?|bases|farms?|homes|roofs)(?= (?:could|were|was|had|finish|used))"
    r"|(?:national|government|state|ambitious) (?:targets?|goals?|fleet)\b)"
)
_PROJECT = re.compile(
    r"项目|电站|工程|发电机|机组|风机|基地|电场|电厂|风场|光电场|案场|工厂|大坝"
    r"|\b(?:project|plant|farm|facility|scheme|park|station|array|factory|windfarm|reactors?|dam|turbines)\b"
)
_BACK = re.compile(
    r"该(?:项目|电站|工程|基地|厂|风场|公司)|本项目|其中|of which|the (?:project|plant|farm|facility|scheme|park)"
)
# 项目开工，光伏及风电装机容量 …: the power is that project's
_STARTED = re.compile(
    r"(?:项目|电站|工程|风场|基地)(?:正式)?(?:开工|动工|投产|并网|竣工|启动|投运)[^。；]*$"
)
_APART = frozenset(("capacity", "generation", "wafer_count", "mass_coal", "mass_co2", "homes"))


def set_apart(
    folded: str,
    stops: Sequence[int],
    sentences: Sequence[int],
    printed: Sequence[Printed],
    meanings: Sequence[Meaning],
    owners: list[int],
    number: int,
) -> None:
    """Give the figures of a country's fleet a number of their own.

    "Shandong had 63.54 GW of PV by June" after a plant's figures: its energy is none of that fleet's.
    Only where the text is about a project as well, and only from the word on that names the fleet.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    stops : sequence of int
        Where its sentences end.
    sentences : sequence of int
        The sentence of each quantity.
    printed, meanings : sequences
        The quantities and what they mean.
    owners : list of int
        The project of each; changed in place.
    number : int
        The first that is free.
    """
    at: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        at.setdefault(sentence, []).append(index)
    wide: dict[int, int] = {}
    named = False
    for sentence, own in at.items():
        begin = stops[sentence - 1] + 1 if sentence else 0
        said = "\n" + folded[begin : printed[own[-1]].end]
        told = None
        if any(meanings[i].kind in _APART for i in own):
            told = _FLEET.search(said) or (None if said.isascii() else _AGGREGATE.search(said))
        of_works = told is not None and told[0].endswith("装机") and _STARTED.search(said)
        if told is not None and not of_works and not _BACK.search(said):
            wide[sentence] = begin + told.start() - 1
        else:
            stop = stops[sentence] if sentence < len(stops) else len(folded)
            named = named or _PROJECT.search(folded, begin, stop) is not None
    if not named or not wide:
        return
    places: dict[int, list[int]] = {}
    for index, owner in enumerate(owners):
        places.setdefault(owner, []).append(index)
    for sentence, since in wide.items():
        behind = [i for i in at[sentence] if printed[i].start > since]
        if behind and any(meanings[i].kind in _APART for i in behind):
            _close(behind, owners, places)
            for i in behind:
                owners[i] = number
            places[number] = behind
            number += 1


def _close(behind: Sequence[int], owners: list[int], places: dict[int, list[int]]) -> None:
    """Give back what follows to the project before, where the fleet's figures had opened another.

    `places` tells where each owner once stood, so that no other project's figures are gone through.
    """
    first, opened = behind[0], owners[behind[0]]
    mine = places[opened]
    if not first or any(i < first and owners[i] == opened for i in mine):
        return
    before = owners[first - 1]
    for i in mine:
        if i > behind[-1] and owners[i] == opened:
            owners[i] = before
            places[before].append(i)
