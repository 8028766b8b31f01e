"""The record Weather: what the sky gave one or many sites, and when the sun stood where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from wafer_calc import display
from wafer_calc.errors import RangeError, ShapeError
from wafer_calc.weather import checking, closure
from wafer_calc.weather.checking import BOUNDS

if TYPE_CHECKING:
    import pandas as pd

    from wafer_calc.weather.quality import Quality

Label = Literal["start", "middle", "end"]
Array = NDArray[np.float64] | NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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

        keep("times", checking.checked_times(self.times))
        if self.label not in ("start", "middle", "end"):
            raise RangeError(f"label: {self.label!r} came, wanted 'start', 'middle' or 'end'")
        keep("interval", checking.checked_interval(self.times, self.interval))
        phase = checking.number(self.phase, "phase")
        if phase.ndim or not abs(float(phase)) <= 720:
            raise RangeError(f"phase: {self.phase!r} came, wanted minutes within ±720")
        keep("phase", float(phase))

        fields = {name: getattr(self, name) for name in BOUNDS}
        arrays = {name: checking.number(v, name) for name, v in fields.items() if v is not None}
        shape, sites = checking.checked_shape(
            arrays, len(self.times), self.latitude, self.longitude
        )
        keep("latitude", checking.coordinate(self.latitude, "latitude", 90.0, sites))
        keep("longitude", checking.coordinate(self.longitude, "longitude", 180.0, sites))
        height: Any = self.altitude
        if height is None:
            height = lookup_altitude(self.latitude, self.longitude)
        keep("altitude", checking.coordinate(height, "altitude", 9000.0, sites))
        kind = np.result_type(*(arrays[n] for n in ("ghi", "dni", "dhi") if n in arrays))
        for name, array in arrays.items():
            checking.check_bounds(array, name, self.times)
            arrays[name] = array if array.ndim else np.full(shape, array, kind)
        arrays |= closure.third_component(self, arrays)
        for name, array in arrays.items():
            keep(name, array)
        if self.weights is not None:
            keep("weights", checking.checked_weights(self.weights, len(self.times)))

    def __repr__(self) -> str:
        place = (
            f"{self.n_sites} sites"
            if self.n_sites
            else f"{self.latitude:.2f}, {self.longitude:.2f}"
        )
        return (
            f"<Weather {self.name or 'unnamed'} ({place}): {len(self.times)} × {self.interval:g} min "
            f"from {self.times[0]}, {self.source or 'source unknown'}>"
        )

    def _repr_html_(self) -> str:
        told = self.to_dict() | {"sites": self.n_sites or 1}
        if self.n_sites:
            del told["latitude"], told["longitude"], told["altitude"]
        rows = [(name, value) for name, value in told.items() if name != "quality"]
        if self.quality is not None:
            rows.append(("quality", self.quality.text()))
        return display.table(f"Weather {self.name}", ("", ""), rows)

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
