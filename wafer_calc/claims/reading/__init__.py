"""A text's quantities: its numbers with their units, what each means and whose it is.

The files in the order in which a text goes through them: `printed` finds numbers with units (with
`lists`, `nouns`, `figure`), `cues` the words that tell, `local` the units of one country, `around`
what stands about a number; `factories`, `meaning` (with `counts`, `spans`, `worth`) and `hints`
(with `regions`) say what it is; `parts` (with `phases`), `projects`, `apart`, `places` and
`technology` whose; `settling` has the last word. `reader` is the door.
"""

from wafer_calc.claims.reading.reader import punctuated, read_quantities

__all__ = ["punctuated", "read_quantities"]
