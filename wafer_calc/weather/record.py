"""The record Weather: what the sky gave one or many sites, and when the sun stood where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ShapeError, UnitError
from wafer_calc.weather import closure

if TYPE_CHECKING:
    import pandas as pd

    from wafer_calc.weather.quality import Quality

Label = Literal["start", "middle", "end"]
Array = NDArray[np.float64] | NDArray[np.float32]

# Bounds beyond which a figure cannot be weather. Normal irradiance: the solar constant
# 1361.1 W/m² (Gueymard 2018, doi:10.1016/j.solener.2018.04.001) at perihelion, 1361.1 · 1.0343,
# and half a per cent for older constants in older files. Horizontal irradiance: the highest
# broken-cloud minutes on record stay under 2000 W/m² (Yordanov 2013,
# doi:10.1109/PVSC.2013.6745102). Air and wind: the world's records (WMO) with room.
MAX_DNI_W_M2 = 1415.0
MAX_HORIZONTAL_W_M2 = 2000.0
BOUNDS: dict[str, tuple[float, float, str]] = {
    "ghi": (0.0, MAX_HORIZONTAL_W_M2, "W/m²"),
    "dni": (0.0, MAX_DNI_W_M2, "W/m²"),
    "dhi": (0.0, MAX_HORIZONTAL_W_M2, "W/m²"),
    "temp_air": (-95.0, 65.0, "°C"),
    "wind_speed": (0.0, 115.0, "m/s"),
}
_MENDS = {
    "ghi": "set such values to NaN, or to 0 where a sensor's night offset is meant",
    "dni": "no beam exceeds the sun's own; set such values to NaN, or give GHI and DHI only",
    "dhi": "set such values to NaN, or to 0 where a sensor's night offset is meant",
    "temp_air": "degrees Celsius are wanted, not kelvin",
    "wind_speed": "metres a second are wanted",
}
_MAX_INTERVAL_MINUTES = 180.0


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """Irradiance, air temperature and wind of one or many sites, checked once when made.

    Any two of `ghi`, `dni` and `dhi` give the third, with the sun at the middle of each interval
    (`wafer_calc.weather.closure` states the rules near the horizon). NaN marks a missing value.
    Arrays of float32 or float64 are kept as they come, without a copy.

    Parameters
    ----------
    times : pandas.DatetimeIndex, tz-aware, strictly increasing, shape (time,)
        The stamps. Steps are whole multiples of `interval`; what lies between is a gap.
    latitude, longitude : float or array_like, shape (site,) [degrees]
        North and east positive; -90 to 90 and -180 to 180.
    altitude : float or array_like, shape (site,) [m], optional
        Above sea; looked up in pvlib's map of heights where not given.
    ghi, dni, dhi : array_like, shape (time,) or (site, time) [W/m²]
        Global and diffuse horizontal irradiance and the beam on a plane that faces it: means over
        the interval.
    temp_air : float or array_like, shape like ghi [°C]
        Air temperature; a single number holds for all hours.
    wind_speed : float or array_like, shape like ghi [m/s]
        Wind, as the temperature models take it (10 m unless the source says otherwise).
    label : {"start", "middle", "end"}
        Which instant of its interval a stamp names.
    interval : float [minutes], optional
        Length of an interval; the commonest step where not given.
    phase : float [minutes]
        By how much the stamps run late against the sun, whatever the label says. The sun of each
        record is placed that much earlier: `mid_times` is the middle of the interval less the
        phase. The data stay where they are.
    weights : array_like, shape (time,), optional
        How many times in a year each record counts, for typical years of representative days;
        None counts each once.
    source, name : str
        Where it comes from, in words, and what the place is called.
    quality : Quality, optional
        The report that came with a file; see `wafer_calc.weather.quality`.

    Raises
    ------
    UnitError
        Stamps without a time zone, or arrays that are no numbers.
    RangeError
        Coordinates, irradiance, temperature or wind outside what they can be; stamps that are
        unsorted, doubled or off the grid of the interval.
    ShapeError
        Arrays that do not go together, or fewer than two irradiance components.

    Examples
    --------
    >>> import pandas as pd
    >>> times = pd.date_range("2021-06-21 06:00", periods=3, freq="h", tz="Asia/Shanghai")
    >>> w = Weather(times, 40.5, 109.9, altitude=1000, ghi=[0.0, 200.0, 400.0], temp_air=20.0,
    ...             dhi=[0.0, 80.0, 120.0], wind_speed=2.0, label="start")
    >>> print(f"{w.mid_times[0]:%H:%M}, DNI {w.dni[2]:.0f} W/m²")
    06:30, DNI 487 W/m²
    """

    times: pd.DatetimeIndex
    latitude: float | NDArray[np.float64]
    longitude: float | NDArray[np.float64]
    _: KW_ONLY
    ghi: Array = cast(Array, None)
    dni: Array = cast(Array, None)
    dhi: Array = cast(Array, None)
    temp_air: Array
    wind_speed: Array
    label: Label
    altitude: float | NDArray[np.float64] = cast(float, None)
    interval: float = cast(float, None)
    phase: float = 0.0
    weights: NDArray[np.float64] | None = None
    source: str = ""
    name: str = ""
    quality: Quality | None = None

    def __post_init__(self) -> None:
        def keep(field: str, value: Any) -> None:
            object.__setattr__(self, field, value)

        keep("times", _checked_times(self.times))
        if self.label not in ("start", "middle", "end"):
            raise RangeError(f"label: {self.label!r} came, wanted 'start', 'middle' or 'end'")
        keep("interval", _checked_interval(self.times, self.interval))
        phase = _number(self.phase, "phase")
        if phase.ndim or not abs(float(phase)) <= 720:
            raise RangeError(f"phase: {self.phase!r} came, wanted minutes within ±720")
        keep("phase", float(phase))

        fields = {name: getattr(self, name) for name in BOUNDS}
        arrays = {name: _number(v, name) for name, v in fields.items() if v is not None}
        shape, sites = _checked_shape(arrays, len(self.times), self.latitude, self.longitude)
        keep("latitude", _coordinate(self.latitude, "latitude", 90.0, sites))
        keep("longitude", _coordinate(self.longitude, "longitude", 180.0, sites))
        height: Any = self.altitude
        if height is None:
            height = lookup_altitude(self.latitude, self.longitude)
        keep("altitude", _coordinate(height, "altitude", 9000.0, sites))
        kind = np.result_type(*(arrays[n] for n in ("ghi", "dni", "dhi") if n in arrays))
        for name, array in arrays.items():
            _check_bounds(array, name, self.times)
            arrays[name] = array if array.ndim else np.full(shape, array, kind)
        arrays |= closure.third_component(self, arrays)
        for name, array in arrays.items():
            keep(name, array)
        if self.weights is not None:
            keep("weights", _checked_weights(self.weights, len(self.times)))

    @property
    def mid_times(self) -> pd.DatetimeIndex:
        """The instants at which the sun stands: mid-interval, less the phase."""
        import pandas as pd

        toward_middle = {"start": 0.5, "middle": 0.0, "end": -0.5}[self.label]
        return self.times + pd.Timedelta(minutes=toward_middle * self.interval - self.phase)

    @property
    def n_sites(self) -> int | None:
        """How many sites; None where the arrays have no site axis."""
        return None if self.ghi.ndim == 1 else self.ghi.shape[0]

    @property
    def hours(self) -> NDArray[np.float64]:
        """Hours of a year that each record stands for, shape (time,): the interval times weight."""
        weights = np.ones(len(self.times)) if self.weights is None else self.weights
        return weights * (self.interval / 60.0)

    def sites(self) -> Iterator[Weather]:
        """Give the sites one by one, each with arrays of shape (time,)."""
        if self.n_sites is None:
            yield self
            return
        for i in range(self.n_sites):
            yield self.replace(
                latitude=np.asarray(self.latitude)[i].item(),
                longitude=np.asarray(self.longitude)[i].item(),
                altitude=np.asarray(self.altitude)[i].item(),
                **{name: getattr(self, name)[i] for name in BOUNDS},
            )

    def replace(self, **changes: Any) -> Weather:
        """Give a copy with some fields changed; checked like any other.

        Parameters
        ----------
        **changes : Any
            Fields by name. To have one irradiance component rebuilt, set it to None.

        Returns
        -------
        Weather
        """
        fields = {name: getattr(self, name) for name in self.__slots__}
        return Weather(**(fields | changes))

    @classmethod
    def from_pvlib(
        cls,
        data: pd.DataFrame,
        meta: Mapping[str, Any] | None = None,
        *,
        repair: bool = False,
        **fields: Any,
    ) -> Weather:
        """Take what a reader of `pvlib.iotools` returned.

        Parameters
        ----------
        data : pandas.DataFrame
            Hours by columns; pvlib's names, or those of the file's own format.
        meta : mapping, optional
            The metadata that came with it: coordinates, and by its keys the format.
        repair : bool
            Whether to mend what the quality report finds; see `wafer_calc.weather.read`.
        **fields : Any
            Fields of the record that decide over what `data` and `meta` say; needed for `label`
            where the format is none of those known.

        Returns
        -------
        Weather
            With its quality report.

        Raises
        ------
        ReadError
            Coordinates, columns or the label cannot be told.

        Examples
        --------
        >>> import pandas as pd
        >>> times = pd.date_range("2021-06-21 06:00", periods=2, freq="h", tz="Asia/Shanghai")
        >>> columns = {"ghi": 300.0, "dhi": 90.0, "temp_air": 20.0, "wind_speed": 2.0}
        >>> frame = pd.DataFrame(columns, index=times)
        >>> place = {"latitude": 40.5, "longitude": 109.9, "altitude": 1000}
        >>> print(f"{Weather.from_pvlib(frame, place, label='end').mid_times[1]:%H:%M}")
        06:30
        """
        from wafer_calc.weather.frames import weather_from_frame

        return weather_from_frame(data, {} if meta is None else meta, mend=repair, **fields)

    def to_dict(self) -> dict[str, Any]:
        """Give what the record is about as plain values; the hours themselves stay out."""
        return {
            "name": self.name,
            "source": self.source,
            "latitude": np.asarray(self.latitude).tolist(),
            "longitude": np.asarray(self.longitude).tolist(),
            "altitude": np.asarray(self.altitude).tolist(),
            "start": self.times[0].isoformat(),
            "end": self.times[-1].isoformat(),
            "records": len(self.times),
            "label": self.label,
            "interval": self.interval,
            "phase": self.phase,
            "quality": None if self.quality is None else self.quality.to_dict(),
        }

    def to_dataframe(self) -> pd.DataFrame:
        """Give one site's hours as a table with pvlib's column names.

        Raises
        ------
        ShapeError
            The record holds several sites; take one of `sites()`.
        """
        import pandas as pd

        if self.n_sites is not None:
            raise ShapeError(f"weather: {self.n_sites} sites came, wanted one; take one of sites()")
        return pd.DataFrame({name: getattr(self, name) for name in BOUNDS}, index=self.times)


def lookup_altitude(
    latitude: float | NDArray[np.float64], longitude: float | NDArray[np.float64]
) -> float | NDArray[np.float64]:
    """Height above sea at a place, from pvlib's map of heights (to some 100 m in mountains).

    Parameters
    ----------
    latitude, longitude : float or ndarray, shape (site,) [degrees]
        North and east positive.

    Returns
    -------
    float or ndarray, shape (site,) [m]
    """
    from pvlib.location import lookup_altitude as pvlib_altitude

    places = np.broadcast(latitude, longitude)
    heights = np.array([float(pvlib_altitude(lat, lon)) for lat, lon in places])
    return heights if places.ndim else heights.item()


def _checked_times(times: Any) -> pd.DatetimeIndex:
    import pandas as pd

    try:
        index = pd.DatetimeIndex(times)
    except (TypeError, ValueError) as error:
        raise UnitError(f"times: {type(times).__name__} is no series of instants") from error
    if len(index) == 0:
        raise ShapeError("times: no stamps came, wanted at least one")
    if index.tz is None:
        raise UnitError(
            f"times: stamps without a time zone came ({index[0]}), wanted an index with one; "
            "write times.tz_localize('Asia/Shanghai') or the zone you mean"
        )
    if index.hasnans:
        raise RangeError("times: NaT among the stamps; every record needs its instant")
    if not index.is_unique:
        again = index[index.duplicated()]
        raise RangeError(
            f"times: {len(again)} stamps came twice, first {again[0]}; wanted each once"
        )
    if not index.is_monotonic_increasing:
        step_back = int(np.argmax(np.diff(index.asi8) < 0))
        raise RangeError(
            f"times: unsorted, {index[step_back + 1]} follows {index[step_back]}; sort the "
            "records, or give a typical year's months one common year"
        )
    return index


def _checked_interval(times: pd.DatetimeIndex, interval: Any) -> float:
    import pandas as pd

    steps = np.diff(times.tz_convert("UTC").tz_localize(None).to_numpy()) / pd.Timedelta("1min")
    if interval is None:
        if len(steps) == 0:
            raise ShapeError("interval: one stamp alone has no step; give the interval in minutes")
        values, counts = np.unique(steps, return_counts=True)
        interval = values[np.argmax(counts)]
    minutes = float(_number(interval, "interval"))
    if not 0 < minutes <= _MAX_INTERVAL_MINUTES:
        raise RangeError(
            f"interval: {minutes:g} minutes came, wanted above 0 and at most "
            f"{_MAX_INTERVAL_MINUTES:g}; means of days or months go through typical_year"
        )
    off = np.abs(steps / minutes - np.round(steps / minutes)) > 1e-6
    if off.any():
        at = int(np.argmax(off))
        raise RangeError(
            f"times: {steps[at]:g} minutes between {times[at]} and {times[at + 1]}, wanted a "
            f"multiple of the interval, {minutes:g} minutes"
        )
    return minutes


def _number(value: Any, name: str) -> NDArray[Any]:
    try:
        array = np.asarray(value)
        if array.dtype not in (np.float32, np.float64):
            array = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise UnitError(f"{name}: {type(value).__name__} came, wanted numbers") from error
    return array


def _checked_shape(
    arrays: dict[str, NDArray[Any]], n_times: int, latitude: Any, longitude: Any
) -> tuple[tuple[int, ...], int | None]:
    given = [name for name in ("ghi", "dni", "dhi") if name in arrays]
    if len(given) < 2:
        raise ShapeError(
            f"ghi, dni, dhi: {', '.join(given) or 'none'} came, wanted two of the three at least"
        )
    for name in ("temp_air", "wind_speed"):
        if name not in arrays:
            raise ShapeError(f"{name}: none came; give an array, or one number that is assumed")
    shape = arrays[given[0]].shape
    sized = {n: a.shape for n, a in arrays.items() if a.ndim or n in given}
    if len(set(sized.values())) > 1 or len(shape) not in (1, 2) or shape[-1] != n_times:
        came = ", ".join(f"{name} {size}" for name, size in sized.items())
        raise ShapeError(f"{came}: wanted all ({n_times},) or all (site, {n_times}) like the times")
    sites = shape[0] if len(shape) == 2 else None
    for name, value in (("latitude", latitude), ("longitude", longitude)):
        size = np.shape(value)
        if size not in ((), (sites,)):
            wanted = "one number" if sites is None else f"one number or {sites}, one a site"
            raise ShapeError(f"{name}: shape {size} came, wanted {wanted}")
    return shape, sites


def _coordinate(
    value: Any, name: str, limit: float, sites: int | None
) -> float | NDArray[np.float64]:
    array = np.asarray(_number(value, name), dtype=np.float64)
    low = -450.0 if name == "altitude" else -limit
    bad = ~((array >= low) & (array <= limit))
    if bad.any():
        worst = float(array[bad].flat[0])
        mend = ""
        if name == "longitude" and 180 < worst <= 360:
            mend = f"; east of 180 write {worst - 360:g}"
        elif name == "latitude" and abs(worst) <= 180:
            mend = "; latitude comes first, longitude second"
        raise RangeError(f"{name}: {worst:g} came, wanted {low:g} to {limit:g}{mend}")
    if sites is None:
        return float(array)
    return np.broadcast_to(array, (sites,)).copy()


def _check_bounds(array: NDArray[Any], name: str, times: pd.DatetimeIndex) -> None:
    low, high, unit = BOUNDS[name]
    # NaN is a missing value; infinity falls out of the bounds
    bad = (array < low) | (array > high)
    if not bad.any():
        return
    first = np.argwhere(bad)[0]
    when = f", first at {times[int(first[-1])]}" if array.ndim else ""
    worst = array[bad].flat[int(np.argmax(np.abs(array[bad])))]
    raise RangeError(
        f"{name}: {int(bad.sum())} of {array.size} values outside {low:g} to {high:g} {unit}, the "
        f"farthest {worst:g}{when}; {_MENDS[name]}"
    )


def _checked_weights(weights: Any, n_times: int) -> NDArray[np.float64]:
    array = np.asarray(_number(weights, "weights"), dtype=np.float64)
    if array.shape != (n_times,):
        raise ShapeError(f"weights: shape {array.shape} came, wanted ({n_times},) like the times")
    if not (np.isfinite(array) & (array >= 0)).all():
        raise RangeError("weights: negative or not finite; wanted 0 or more for each record")
    return array
