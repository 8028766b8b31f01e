import csv
import os

import numpy as np
import pandas as pd
import pytest

from wafer_calc.energy import files as module
from wafer_calc.energy import simulate, simulate_files
from wafer_calc.errors import RangeError, ReadError, UnitError, UnknownNameError
from wafer_calc.plant import Plant
from wafer_calc.weather import read

PLANT = Plant(surface_tilt=30)


def write_sam(path, latitude=40.0, clouds=0.7):
    """A whole year as SAM writes it, at half past each hour of UTC."""
    hour = np.arange(8760)
    sun = np.maximum(np.sin((hour % 24 - 5.5) / 12 * np.pi), 0.0)
    days = pd.date_range("1990-01-01", periods=8760, freq="h")
    frame = pd.DataFrame(
        {
            "Year": days.year, "Month": days.month, "Day": days.day, "Hour": days.hour,
            "Minute": 30, "GHI": 700 * clouds * sun, "DNI": 500 * clouds * sun,
            "DHI": 250 * clouds * sun, "Temperature": 15.0, "Wind Speed": 3.0,
        }
    )  # fmt: skip
    head = "Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation\n"
    place = f"made up,1,-,-,-,{latitude},0.0,0,100\n"
    path.write_text(head + place + frame.to_csv(index=False, float_format="%.2f"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("weather")
    for n in range(3):
        write_sam(path / f"{n}.csv", 30.0 + 5 * n)
    (path / "broken.csv").write_text("no weather\n1,2,3\n")
    (path / ".hidden").write_text("not asked for")
    return path


@pytest.fixture
def counted(monkeypatch):
    """Names of the files that are read, as they are."""
    names = []
    row = module._row
    monkeypatch.setattr(module, "_row", lambda path, o: names.append(path.name) or row(path, o))
    return names


def test_a_row_a_file_and_the_broken_one_says_why(folder):
    told = []
    found = simulate_files(folder, PLANT, progress=lambda *n: told.append(n))
    assert [os.path.basename(f) for f in found["file"]] == ["0.csv", "1.csv", "2.csv", "broken.csv"]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    made = simulate(read(folder / "1.csv"), PLANT)
    row = found.iloc[1]
    assert row["specific_yield [kWh/kW]"] == made.specific_yield.m_as("kWh/kW")
    assert row["full_load_hours [h]"] == made.full_load_hours.m_as("hour")
    assert row["performance_ratio [1]"] == made.performance_ratio
    assert row["poa_global [kWh/m2]"] == made.poa_global.m_as("kWh/m^2")
    assert (row["latitude [deg]"], row["longitude [deg]"], row["missing_hours [h]"]) == (35, 0, 0)
    assert (found["error"][:3] == "").all()
    broken = found.iloc[3]
    assert "broken.csv" in broken["error"]
    assert np.isnan(broken["specific_yield [kWh/kW]"])


def test_processes_give_the_same_table(folder):
    pd.testing.assert_frame_equal(
        simulate_files(folder, PLANT, processes=2), simulate_files(folder, PLANT, processes=1)
    )


@pytest.mark.slow
def test_a_process_that_dies_costs_its_own_file_only(tmp_path, folder, monkeypatch):
    # what a worker unpickles here ends it, as running out of memory would
    class Deadly(type(tmp_path)):
        def __reduce__(self):
            return os._exit, (1,)

    deadly = Deadly(tmp_path / "huge.csv")
    paths = [folder / "0.csv", deadly, folder / "1.csv"]
    monkeypatch.setattr(module, "find_files", lambda _: paths)
    found = simulate_files("any", PLANT, processes=2)
    assert (found["error"][[0, 2]] == "").all()
    assert "the process that read it died" in found["error"][1]


def test_a_second_run_reads_what_is_new_and_what_failed(folder, tmp_path, counted):
    table = tmp_path / "out" / "yields.csv"
    first = simulate_files([folder / "0.csv", folder / "broken.csv"], PLANT, table=table)
    assert counted == ["0.csv", "broken.csv"]
    counted.clear()
    told = []
    found = simulate_files(folder, PLANT, table=table, progress=lambda *n: told.append(n))
    assert counted == ["1.csv", "2.csv", "broken.csv"]
    assert told[0] == (1, 4)
    pd.testing.assert_frame_equal(found.iloc[[0, 3]].reset_index(drop=True), first)
    pd.testing.assert_frame_equal(found, simulate_files(folder, PLANT))
    kept = pd.read_csv(table)
    assert len(kept) == 4  # the failure of the first run is not in it twice
    assert kept["error"].notna().sum() == 1


def test_another_plant_or_file_is_another_run(folder, tmp_path, counted):
    table, path = tmp_path / "y.csv", tmp_path / "w.csv"
    write_sam(path)
    before = simulate_files(path, PLANT, table=table)
    simulate_files(path, Plant(surface_tilt=10), table=table)
    write_sam(path, clouds=0.5)
    after = simulate_files(path, PLANT, table=table)
    assert counted == ["w.csv"] * 3
    assert after["poa_global [kWh/m2]"][0] < before["poa_global [kWh/m2]"][0]
    os.rename(path, tmp_path / "renamed.csv")
    simulate_files(tmp_path / "renamed.csv", PLANT, table=table)
    assert len(counted) == 3  # the same content, wherever it lies


@pytest.mark.parametrize("cut", [1, 15, 60])
def test_a_row_that_was_cut_off_is_made_again(folder, tmp_path, counted, cut):
    table = tmp_path / "y.csv"
    paths = [folder / "0.csv", folder / "1.csv"]
    whole = simulate_files(paths, PLANT, table=table)
    table.write_bytes(table.read_bytes()[:-cut])
    counted.clear()
    pd.testing.assert_frame_equal(simulate_files(paths, PLANT, table=table), whole)
    assert counted == (["1.csv"] if cut > 1 else [])  # one byte is the line's end alone
    with table.open(newline="") as file:
        assert [len(row) for row in csv.reader(file)] == [len(module.COLUMNS)] * 3


def test_a_table_of_something_else_is_left_alone(folder, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(ReadError, match=r"table: .*mine\.csv' has the columns a, b, wanted file"):
        simulate_files(folder, PLANT, table=table)
    assert table.read_text() == "a,b\n1,2\n"


def test_folders_patterns_and_names(folder, tmp_path):
    names = [folder / "0.csv", folder / "1.csv", folder / "2.csv"]
    assert module.find_files(str(folder / "[0-9].csv")) == names
    assert module.find_files([folder / "2.csv", folder]) == [
        names[2],
        *names[:2],
        folder / "broken.csv",
    ]
    found = simulate_files([tmp_path / "none.csv"], PLANT)
    assert "none.csv" in found["error"][0]


@pytest.mark.parametrize("paths", ["empty", "empty/*.epw"])
def test_an_empty_folder_is_refused(tmp_path, paths):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="paths: no file in .*wanted weather files"):
        simulate_files(tmp_path / paths, PLANT)


def test_what_cannot_be_asked_for(folder):
    with pytest.raises(ReadError, match="paths: nothing came"):
        simulate_files([], PLANT)
    with pytest.raises(RangeError, match="processes: 0 came"):
        simulate_files(folder, PLANT, processes=0)
    with pytest.raises(UnitError, match="plant: float came"):
        simulate_files(folder, 30.0)
    with pytest.raises(UnknownNameError, match="transposition"):
        simulate_files(folder, PLANT, transposition="flat")
