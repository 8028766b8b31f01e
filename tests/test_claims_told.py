"""Claims in which phases, parts, periods and spellings decide what is divided by what."""

import pytest

from wafer_calc import read_quantities
from wafer_calc.claims import check

# text, date, relation, implied value or None where no such statement may be made, rating
CASES = [
    # two reactors are just two: 36 TWh / (2 × 1.7 GW) = 10 588 h
    ("一期建设两台核电机组，单机容量为170万千瓦，年上网电量约360亿千瓦时。", "2009-07", "full_load_hours", 10588, "impossible"),
    # a share of the work is no share of the plant: 2.7 TWh / 600 MW = 4500 h
    ("Some 80 per cent of work on the 600 MW dam is done; it will give 2.7 billion kWh a year.", "2021", "full_load_hours", 4500, "holds_if"),
    ("The hydropower plant of 1.2 million kilowatt is to make 4.2 billion kilowatt-h annually.", "2005", "full_load_hours", 3500, "holds_if"),
    # "per year" behind a power of thousands of times the plant's own
    ("Neighbours plan a 3 kW turbine on the weir and count on 12,000 kW per year.", "2015", "power_as_written", None, "impossible"),
    ("The country has 20 MW of solar power and will install 3,000 MW per year.", "2015", "power_as_written", None, None),
    # the project's energy with all of its phases: 1.26 TWh / (150 + 300) MW = 2800 h
    ("The final phase of the offshore wind farm in Jiangsu, 150 MW, is running; the first phase has 300 MW. The whole project makes 1.26 billion kWh a year.", "2021-11", "full_load_hours", 2800, "holds_if"),
    # the sum and its parts are one project's: 500 MW, of 280 and 220
    ("The firm builds a 500 MW solar project in Nevada, a 280 MW plant in Pine Valley and a 220 MW plant in Lake County. It saves 700,000 tons of CO2 a year.", "2013", "parts_over_total", 1.0, "holds"),
    ("The 30 MW solar farm was opened today. Only the 18 MW first phase is ready; once complete, the farm will make 45 GWh a year.", "2016", "full_load_hours", 1500, "holds_if"),
    # what a second phase adds is its own, what it lifts the base to is not: 30 GW / 3 billion = 10 W
    ("The second phase will add 30 GW a year of wafers, lifting the base to 50 GW, and turn out 3 billion wafers a year.", "2023", "watt_per_wafer", 10.0, "holds_if"),
    # 1.5 W of module sales a watt
    ("The maker has opened its 4GW PV module production site and expects yearly revenue of RMB 6 billion.", "2022-07", "yuan_per_watt", 1.5, "holds"),
    # a part is no more than its whole, nor are contributions than their total
    ("上半年全省可再生能源发电量500亿千瓦时；其中，风电、光伏发电量合计620亿千瓦时。", "2024-08", "parts_over_total", 1.24, "impossible"),
    ("The province made 50 TWh of renewable energy, of which 31 TWh came from wind.", "2024-08", "parts_over_total", None, None),
    ("The region added 4 GW of wind capacity in the year. Spain contributed 2.6 GW, France 1.5 GW and Italy 0.9 GW.", "2020-02", "parts_over_total", 1.25, "impossible"),
    ("The region has 24 GW of wind capacity, 4 GW of them new. Spain contributed 12.6 GW, France 7.5 GW and Italy 3.9 GW.", "2020-02", "parts_over_total", None, None),
    # ingots and the wafers cut from them are counted twice: 6 + 6 + 12 = 24
    ("公司在甲地建设年产6GW、在乙地建设年产6GW单晶硅棒项目，在丙地建设年产12GW硅片项目，建成后形成年产24GW的硅片产能。", "2017-06", "chain_steps_added", 1.0, "inconsistent"),
    # 2600 TWh / 31 % = 8387 TWh, about what China made
    ("2022年我国可再生能源发电量达到2.6万亿千瓦时，占全社会用电量的31%。", "2023-02", "implied_yardstick", 8.387e12, "holds_if"),
    ("甲省2022年可再生能源发电量达到500亿千瓦时，占全社会用电量的31%。", "2023-02", "implied_yardstick", 161e9, "cannot_check"),
    # 90 TWh of the 55 GW on land, 24 TWh of the 8 GW at sea
    ("德国陆上风电发电90太瓦时、海上24太瓦时，装机分别为55吉瓦和8吉瓦。", "2023-01", "full_load_hours", 1636, "holds_if"),
    # a year's record is a year's: 45 Mt / 150 TWh = 0.3 kg
    ("The four hydropower stations made a record 150 billion kWh in 2016, as much as the city needs for two years, and saved 45 million tons of standard coal.", "2017-01", "coal_per_kwh", 0.3, "holds_if"),
    # a nation's own electricity, and its homes: 6 million / 8 % = 75 million where 27 million are
    ("India's power demand was 150 billion kWh last year.", "2022", "country_electricity", 150e9, "does_not_hold"),
    ("China's electricity consumption reached 8.6 trillion kWh in 2022.", "2023-02", "country_electricity", 8.6e12, "holds_if"),
    ("2022年我国全社会用电量达8637亿千瓦时。", "2023-02", "country_electricity", 863.7e9, "does_not_hold"),
    ("The reactors will serve six million homes, 8% of all UK homes.", "2016", "country_households", 75e6, "does_not_hold"),
    ("The reactors will serve two million homes, 8% of all Scottish homes.", "2016", "country_households", None, None),
    # 900 000 m² / 30 = 30 000 m², four pitches each
    ("占地90万平方米，有30个足球场大小。", "2020", "m2_per_football_field", 30000, "does_not_hold"),
    ("The park covers 90 hectares, the equivalent of 126 football pitches.", "2020", "m2_per_football_field", 7143, "holds"),
    # some months' energy is no year's, but a year is too short for this: 600 GWh / 12 MW = 50 000 h
    ("The 12 MW roof made about 600 million kWh from January to July.", "2022-09", "full_load_hours", 50000, "impossible"),
    ("The 12 MW roof made about 9 million kWh from January to July.", "2022-09", "full_load_hours", None, None),
    ("今年1-9月，20兆瓦光伏电站发电量3000万千瓦时。", "2022-10", "full_load_hours", None, None),
    # 3 million TWh over 20 GW would take 17 000 years
    ("Since 1985 the dam of 20 GW has generated 3,000 billion MWh.", "2016", "full_load_hours", 1e6, "impossible"),
    ("Since 1985 the dam of 20 GW has generated 3 billion MWh.", "2016", "full_load_hours", None, None),
    # the buyers of 1.4 GW cannot be given 1.65
    ("The plant of 1,400 MW serves Ohio. Its output goes to A (800 MW), B (400 MW), C (200 MW) and D (250 MW).", "2020", "parts_over_total", 1.179, "impossible"),
    ("The plant of 1,400 MW serves Ohio. Its output goes to A (800 MW), B (400 MW) and C (200 MW).", "2020", "parts_over_total", 1.0, "holds"),
    # "the first" and "the second" of two phases make (90 + 140) / 150 of their plant
    ("The 150 MW solar plant rose in two stages, the first of 90 MW and the second with 140 MW.", "2017", "parts_over_total", 1.533, "impossible"),
    ("The 150 MW solar plant rose in two stages, the first of 90 MW and the second with 60 MW.", "2017", "parts_over_total", 1.0, "holds"),
    # the largest states hold more than the country; what all states have is no part of a year's new
    ("The country's rooftop solar power grew from 5.2 MW to 9.4 MW. Gujarat leads with 2,100 MW, then Kerala with 900 MW and Goa with 300 MW.", "2024", "parts_over_total", 351.1, "impossible"),
    ("The country added 900 MW of solar power. Gujarat leads with 2,100 MW, then Kerala with 900 MW and Goa with 300 MW.", "2024", "parts_over_total", None, None),
    # behind a list of phases a sentence is of them all: 390 GWh / 150 MW = 2600 h
    ("海上风电场150MW，一期100MW选用25台4MW风机，二期50MW选用10台5MW风机。建成后年上网电量约3.9亿千瓦时。", "2012", "full_load_hours", 2600, "holds_if"),
    # machines of another kind are no machines of the plant
    ("The nuclear plant has 6 units and 6,600 MW. A 2 MW wind turbine serves 1,200 families, so that the plant equals 9,000 wind turbines.", "2010", "units_times_size_over_total", None, None),
    # two projects, each with a first phase: (6 + 4 + 8) / 24, and 15 + 10 of 25
    ("甲厂年产30GW组件项目总投资24亿元，分三期建设，一期投资6亿元，二期投资4亿元，三期投资8亿元。乙厂年产10GW组件项目总投资25亿元，一期投资15亿元，二期投资10亿元。", "2022", "parts_over_total", 0.75, "inconsistent"),
    # Chinese homes by what they used in those years: 1200 kWh is below what most of 2024 use, a press rule or not
    ("宁夏某光伏电站年发电量12亿度，可满足100万个家庭一年的用电量。", "2024-10", "kwh_per_household", 1200, "overstated"),
    ("宁夏某光伏电站年发电量12亿度，可满足100万个家庭一年的用电量。", "2011-10", "kwh_per_household", 1200, "holds"),
    # of a country whose mean is known: 3000 kWh in Portugal
    ("The Portuguese solar farm makes 80 GWh a year, enough for 10,000 households in Portugal.", "2022", "kwh_per_household", 8000, "does_not_hold"),
    # three parks of 100 MW are 300, and 1.3 dollars a watt
    ("The 390-million-U.S.-dollar project in Jujuy, Argentina, has three parks of 100 megawatts each.", "2019", "investment_per_watt", 1.3, "holds_if"),
    # the digits add up, the unit does not: 61 + 19 MW are no 80 GW; nor are two phases 30.06万元
    ("The two solar farms, of 61 MWp and 19 MWp, have a total of 80 GWp and will make 76 GWh a year.", "2024", "parts_over_total", 1e-3, "inconsistent"),
    ("电池项目总投资约30.06万元，其中一期投资18亿元，二期投资12.06亿元。", "2023", "parts_over_total", 1e4, "impossible"),
    # a whole investment, however small
    ("项目总投资5.4万元，建设50兆瓦光伏电站。", "2015", "investment_per_watt", 0.00108, "does_not_hold"),
    ("The dam has twelve generators of 175 MW, for a total of 2,100 GW.", "2021", "units_times_size_over_total", 1e-3, "inconsistent"),
    ("可再生能源发电量2215亿千瓦时，其中水电1355亿千瓦时、风电466万千瓦时、光伏261亿千瓦时、生物质133亿千瓦时。", "2021", "parts_over_total", 0.7898, "inconsistent"),
    # no plant is thirty times the largest, though a country's may be
    ("The 800 GW Alder solar farm near Brisbane has been approved.", "2024", "power_as_written", 35.56, "impossible"),
    ("China's 800 GW of solar farms were joined by others.", "2024", "power_as_written", None, None),
    # what is no rate of exchange is a million for a billion
    ("The total investment is 12 million yuan, which equates to $1.8 billion.", "2017", "fx_cny_per_usd", 0.00667, "does_not_hold"),
    # side by side, no farther figure is meant
    ("Utility Alder will raise turbines in five Iowa counties, a $1.9 million project of 1,050 MW, and take its wind power from 2,285 to 3,335 MW.", "2013", "investment_per_watt", 0.00181, "does_not_hold"),
    # what a figure is divided into, or consists of, makes it up: (0.9 + 1.6) / 1.5, and (70 + 20 + 80) / 250
    ("海上风电项目规划装机150万千瓦，总投资168亿元，分为甲场址90万千瓦、乙场址160万千瓦。", "2023", "parts_over_total", 1.667, "impossible"),
    ("The solar complex has a capacity of 250 MWp. It consists of the parks Alder (70 MWp), Birch (20 MWp) and Cedar (80 MWp).", "2012", "parts_over_total", 0.68, "inconsistent"),
    ("The 250 MW complex consists of a 250 MW solar park and a 100 MW battery.", "2022", "parts_over_total", None, None),
    # three parks and just three sizes behind their total: (90 + 40 + 36) / 136
    ("The firm has three solar parks on line, with an overall capacity of 136 MW. Alder (90 MW) makes 160 GWh a year, Birch (40 MW) 94 GWh and Cedar (36 MW) 80 GWh.", "2014", "parts_over_total", 1.221, "impossible"),
    # (170 + 60) / 210 million of one project's cost
    ("Canberra has provided $170 million towards the $210 million project, the state $60 million.", "2016", "parts_over_total", 1.095, "impossible"),
    # the phase's money is the phase's, whole as it is: 20 + 13 = 33
    ("一期4GW电池项目正在建设。该项目总投资33亿元，分两期建设，一期4GW项目总投资20亿元，二期投资13亿元。", "2023", "parts_over_total", 1.0, "holds"),
    # phases of two products are no parts of one of them
    ("公司拟建年产25GW电池和20GW组件项目。其中一期为25GW电池项目，二期为20GW组件项目。", "2023", "parts_over_total", None, None),
    # three of 72 and two of 216
    ("The 648 MW plant has three units each with 72 MW and two units each with 216 MW.", "2016", "units_times_size_over_total", 1.0, "holds"),
    # each park's land is beside each park's power: 126 ha / 150 MW
    ("The firm builds two solar parks, each with 150 MW on approximately 126 hectares.", "2021", "m2_per_kw", 8.4, "holds_if"),
    # an increase is no year's energy, and mirrors are no wafers
    ("2022年我国风电、光伏发电量1.2万亿千瓦时，较2021年增加2000亿千瓦时，占全社会用电量的13.9%。", "2023-02", "implied_yardstick", 8.633e12, "holds_if"),
    ("光热项目50MW，由25万片反射镜组成，年发电量1.9亿度。", "2018", "watt_per_wafer", None, None),
    # more than the turbines' own power is no power that they generate in a year
    ("The wind project has an installed capacity of 240 MW. The turbines are generating about 700 megawatts annually.", "2022", "power_as_written", 2.917, "impossible"),
    # coal is standard coal in China, unless raw: 1.8 of 2.1 to 2.85
    ("青海某电站年节约标煤10万吨，减排二氧化碳18万吨。", "2019", "co2_per_coal", 1.8, "understated"),
    ("青海某电站年节约原煤10万吨，减排二氧化碳18万吨。", "2019", "co2_per_coal", 1.8, "holds_if"),
    # the builder comes from Guizhou, the sun from Salta
    ("贵州工程公司承建的阿根廷100兆瓦光伏项目并网，年发电2.4亿千瓦时。", "2023", "full_load_hours", 2400, "holds_if"),
    # phases in any order, of one sentence: (30 + 75 + 45) / 120, and 1.4 TWh of both
    ("The wind farm is to have 120 MW, with the first phase generating 30 MW, the second 75 MW and the third 45 MW.", "2012", "parts_over_total", 1.25, "impossible"),
    ("The last phase of the offshore wind project off Jiangsu, 200 megawatts, is running; the first, of 300 megawatts, began in 2019. The project should make 1.4 billion kWh a year.", "2021", "full_load_hours", 2800, "holds_if"),
    # a list behind a colon: (31.8 + 24.8 + 31.2) / 71.8
    ("Three reactors have made 71.8 TWh since 2021: 31.8 TWh by unit 1, 24.8 TWh by unit 2 and 31.2 TWh by unit 3.", "2023", "parts_over_total", 1.223, "impossible"),
    # mirrors make a solar farm a thermal one, a dam below makes panels no hydropower
    ("The 100 MW solar farm in Ciudad Real, Spain, has parabolic troughs and makes 350 GWh a year.", "2019", "full_load_hours", 3500, "holds_if"),
    ("The floating solar plant on the Alder Dam in Chiba has 14 MW and makes 16 GWh a year.", "2018", "full_load_hours", 1143, "holds_if"),
    # energy as power, with its abbreviation
    ("The 132 megawatt plant is expected to produce 188,500 megawatts (MWs) of solar-generated power annually.", "2016", "power_as_written", None, "impossible"),
    # a whole project's power stands before its first machine
    ("30万千瓦风电项目首台风机并网。项目建设60台风电机组，年发电9.8亿千瓦时。", "2022", "full_load_hours", 3267, "holds_if"),
    # a saving of money is no price of the plant; a store's content is no year's energy
    ("屋顶光伏总装机66兆瓦，年发电量7600万度，年节约用电成本1660万元。", "2023", "investment_per_watt", None, None),
    ("The pumped storage plant of 900 MW holds 20 GWh.", "2022", "full_load_hours", None, None),
    # what two dozen years save is no year's saving
    ("The solar farm in the Philippines has 63 MW. In three decades it will offset one million tons of CO2.", "2017", "co2_per_kwh", 0.368, "holds"),
    # no grid of gas and oil saves so little: 2.4 Mt / 50 TWh
    ("The wind complex in Egypt is to make 50,000 GWh a year and cut CO2 by 2.4 million tons.", "2022", "co2_per_kwh", 0.048, "does_not_hold"),
    # more than all the world makes; more than all its power stations
    ("The solar farm in Utah will make 900,000 TWh a year.", "2020", "power_as_written", 50.8, "impossible"),
    ("The country's first solar plant of 700 gigawatts was opened in Ohio.", "2020", "power_as_written", 31.1, "impossible"),
    # what a firm puts into its trade is not the price of one park; into that park it is
    ("The firm runs a 300 MW wind farm in Texas. It has invested $5 billion in renewable energy.", "2020", "investment_per_watt", None, None),
    ("The firm runs a 300 MW wind farm in Texas. It has invested $500 million in the farm.", "2020", "investment_per_watt", 1.667, "holds_if"),
    # the second phase's own power, told before its name: 60 GWh / 30 MW
    ("风电场装机容量5万千瓦。装机容量3万千瓦的二期工程年发电量0.6亿千瓦时。", "2015", "full_load_hours", 2000, "holds"),
    # a dam that supplies a share is no yardstick of it; the country is: Brazil made 581 TWh in 2015
    ("Itaipu made 89 TWh last year and meets 15 % of the electricity demand in Brazil.", "2016-03", "implied_yardstick", 593.3e9, "holds_if"),
    # all the years there were could not give so much, wherever the capacity is told
    ("The dam has generated 2,300 billion MWh since 1984. Its installed capacity is 14,000 MW.", "2016-03", "full_load_hours", 1095238, "impossible"),
    # phases told by their number, two of one size, and a phase as large as the whole
    ("The 50 GW wafer project will be built in three phases of 15 GW, 15 GW and 20 GW. The first phase will make 1.6 billion wafers a year.", "2021-06", "watt_per_wafer", 9.375, "holds_if"),
    ("某公司50GW硅片项目分三期建设，规模分别为15GW、15GW和20GW，一期年产硅片16亿片。", "2021-06", "watt_per_wafer", 9.375, "holds_if"),
    ("The wind farm is to have 120 MW: the first phase 30 MW, the second and third phases 75 MW each.", "2012", "parts_over_total", 1.5, "impossible"),
    ("某风电场总装机30万千瓦，一期10万千瓦，二期、三期各装机10万千瓦。", "2012", "parts_over_total", 1.0, "holds"),
    ("某50GW大尺寸硅片项目三期全部达产后形成50GW产能，年产值270亿元。", "2021-08", "yuan_per_watt", 0.54, "holds_if"),
    # a fall is told from what there was before
    ("硅片平均售价0.54美元/瓦，比2010年的0.82美元/瓦下降34.1%。", "2012-03", "stated_ratio_check", 0.9993, "holds"),
    ("The park's output of 88 GWh was a 20 percent decline from the 110 GWh of the year before.", "2015-03", "stated_ratio_check", 1.0, "holds"),
    # the savings of fifteen years, and of a date's year, are the sum's
    ("电站累计上网电量2050亿千瓦时。十五年的上网电量相当于减少标准煤消耗7200万吨、减少排放二氧化碳1.8亿吨。", "2009-05", "coal_per_kwh", 0.351, "holds_if"),
    ("电站累计发电突破1000亿千瓦时，相当于2015年某市用电量的两倍，节约标准煤3200万吨。", "2017-03", "coal_per_kwh", 0.32, "holds"),
    # named again, a project takes up its own figures; a place abroad tells the country
    ("大青山风电场装机49.5兆瓦，年均发电量1.3亿度；小青山风电场装机50兆瓦，年上网电量9000万千瓦时，大青山每年可节约标准煤4.2万吨。", "2015-12", "coal_per_kwh", 0.323, "holds"),
    ("内华达州的太阳能热电厂装机6.4万千瓦，年发电量1.3亿千瓦时，向1.5万个家庭供电。", "2008", "kwh_per_household", 8667, "holds_if"),
    # money of another sentence is no battery's; a price is no output value
    ("The battery holds 80 MWh, as much as 2,500 American homes use in a day. Its maker's works cost $5 billion.", "2017-02", "kwh_per_household", 11680, "holds_if"),
    ("A 50 GW wafer works is being built for RMB 17 billion. Its owner raised the price of M6 wafers by RMB 0.30 to RMB 5.09.", "2021-08", "investment_per_watt", 0.34, "holds_if"),
    # Chinese with plain commas reads as with its own
    ("某风电场装机20万千瓦,年发电量4.8亿度,可节约标煤15万吨.", "2015", "full_load_hours", 2400, "holds_if"),
    # 1.5 MW × 33, and one machine more of another size: 24 × 2 + 1.5 = 49.5
    ("燕山风电场装机容量4.95万千瓦（1500千瓦×33台）。", "2015", "units_times_size_over_total", 1.0, "holds"),
    ("风电场装机容量4.95万千瓦，安装24台2兆瓦和1台1.5兆瓦风力发电机组。", "2015", "units_times_size_over_total", 1.0, "holds"),
    # machines finished so far, or larger than so much, need not make up the whole
    ("海上风电场规划容量400兆瓦，共安装22台风电机组，目前已完成12台13兆瓦以上机组安装。", "2023", "units_times_size_over_total", None, None),
    # so far is no month; an hour's energy and a season's hours are no year's
    ("四座电站总装机容量4550万千瓦，2019年发电2100亿千瓦时，截至2019年10月发电量累计2.4万亿千瓦时。船闸已通航273天。", "2020-01", "full_load_hours", 4615, "holds_if"),
    ("风电场装机20万千瓦。34台风机发电一小时是10万度。", "2014", "full_load_hours", None, None),
    ("水电站装机1020万千瓦，年发电389亿千瓦时。迎峰度夏期间机组满负荷运行750小时。", "2022", "stated_hours", None, None),
    # a share of the nation's does not make the rest the nation's
    ("22台核电机组装机容量2030万千瓦，年发电量1306亿千瓦时，约占全国发电量的2.4%，相当于少烧标准煤4152万吨。", "2015", "coal_per_kwh", 0.318, "holds"),
    # 其中一期 goes on to the end of its sentence
    ("某22GW单晶硅片项目总投资70亿元。其中一期12GW投资约40亿元，全部达产后可年产硅片16亿片。", "2021-12", "watt_per_wafer", 7.5, "holds_if"),
    # changes told in turn, and leaders that added more than all
    ("电站总装机容量由11.68万千瓦增加至15.8万千瓦，年发电量由4.93亿千瓦时增加至7.83亿千瓦时，分别增长35.3%、58.8%。", "2013", "stated_ratio_check", 1.0, "holds"),
    ("上半年全国新增风电装机294万千瓦。新增装机容量前三的省份依次是甲省（152万千瓦）、乙省（131万千瓦）、丙省（85万千瓦）。", "2018-07", "parts_over_total", 1.252, "impossible"),
    # the year's figure before the day's; one day's output for a year of so many homes: 43.79 GWh / 19 200
    ("风电场每年可提供1亿千瓦时，平均每天27万千瓦时，可满足10万户家庭用电，减少二氧化碳排放10万吨。", "2008", "co2_per_kwh", 1.0, "holds_if"),
    ("海上风电全年发电量159.8亿千瓦时，日均发电量4379万千瓦时，能够满足1.92万个普通家庭一年的用电需求。", "2023-01", "kwh_per_household", 2281, "holds"),
    # told of the plant in one sentence, its savings in the next: 19.6 Mt / 16 TWh, whatever usual hours would make
    ("风电项目年发电量160亿千瓦时。装机总容量668万千瓦。与火电相比，减排二氧化碳1964万吨。", "2023-01", "co2_per_kwh", 1.2275, "overstated"),
    # 18 machines are no "18 with an output", and Alder 2 is a name
    ("The Alder 2 offshore wind farm has 90 turbines in five rows of 18 with an output of 207 megawatts.", "2010", "mw_per_turbine", 2.3, "holds_if"),
    # what a plant includes, with machines told between
    ("The 1,484 MW project is complete. It includes the Alder farm (998 MW, 356 turbines), the Birch farm (388 MW) and the Cedar farm (199 MW).", "2022", "parts_over_total", 1.068, "impossible"),
    # what was told before comes first, and a plant's own homes do not set its savings apart
    ("A firm will invest $907 million in the 1.5 GW Alder solar park in Saudi Arabia. It will serve 185,000 houses and cut carbon emissions by 2.9 tons a year. The 300 MW Birch park opened too.", "2021", "co2_per_kwh", None, "does_not_hold"),
    # one junction of silicon reaches no 31 %; two may
    ("Its silicon heterojunction cells have an average efficiency of 31.3 % in mass production.", "2023", "cell_efficiency", 0.313, "impossible"),
    ("Its perovskite tandem cells on silicon have an efficiency of 33.9 %.", "2023", "cell_efficiency", None, None),
    ("该公司异质结电池量产转换效率达31.3%。", "2023", "cell_efficiency", 0.313, "impossible"),
    ("该公司异质结电池量产转换效率达26.3%，逆变器效率98.7%。", "2023", "cell_efficiency", None, None),
    # a phase named by its number alone
    ("The first phase, costing 197 million yuan, will make 32.4 million wafers a year with sales of 110 million yuan; the second, costing 140 million yuan, will make 10.8 wafers with sales of 86 million yuan.", "2019", "yuan_per_wafer", 3.395, "holds_if"),
    # two at once of a sum, which they exceed; shares and a running total are no such two
    ("The parks cost approximately 950 million US dollars, of which 710 million US dollars for Alder and 420 million US dollars for Birch.", "2018", "parts_over_total", 1.189, "impossible"),
    ("It built 18.7 GW, of which 10 GW on the ground and 8.7 GW on roofs, taking the total to 223 GW.", "2020", "parts_over_total", None, None),
    # the savings of a half-year's output, a life's beside cars of a year, a firm that is no technology
    ("The firm sent 106 billion kWh to the grid in the first half of 2023. The output of its 27 nuclear units was equivalent to 31.8 million tonnes of standard coal.", "2023-08", "coal_per_kwh", 0.3, "holds"),
    ("The solar farm of 25 MW will avoid 575,000 tons of CO2 over its life, like taking 4,500 cars off the road every year.", "2012", "co2_per_car", None, None),
    ("China General Nuclear has put an offshore wind farm of 240 MW off Fujian into operation. It sends 960 million kWh to the grid a year.", "2022", "full_load_hours", 4000, "holds_if"),
    # a region's energies of several sentences are none of the plant's
    ("Baltic wind farms supplied 5,400 GWh in 2025, after 4,900 GWh in 2024. The 450 MW Alder farm now runs. Yield on land was 33,800 GWh.", "2026", "full_load_hours", None, None),
    # 项目开工，光伏装机容量: the project's own
    ("某屋顶分布式光伏发电项目正式开工，总投资4.62亿元，该地光伏装机容量预计可达105兆瓦，年发电量1.13亿度。", "2023", "investment_per_watt", 4.4, "holds_if"),
    # nothing is left to compare with after a fall by all there was
    ("发电量100亿度，比上年的200亿度下降100%。", "2020", "stated_ratio_check", None, None),
    ("Output of 88 GWh was a 120 percent decline from the 110 GWh of the year before.", "2020", "stated_ratio_check", None, None),
    # land of a works that makes cells is none of a park's
    ("The firm is building a solar cell plant in Arnstadt on 41,000 square meters. It will provide 100 MWp by the end of the year.", "2007", "m2_per_kw", None, None),
    # machines of three sizes, of which a works makes so many, are no slipped total of it
    ("某风电装备基地建成后将具备年产1.5兆瓦、2.0兆瓦、2.5兆瓦等各种风电叶片100万千瓦和主机设备100万千瓦的能力。", "2016", "parts_over_total", None, None),
    # so many 度 before 的 are no angle; what a home uses in a day, and one day's output for a day
    ("年上网电量可达4.8亿度的某风电场并网，总装机容量20万千瓦。", "2011", "full_load_hours", 2400, "holds_if"),
    ("风电场总装机15000千瓦，年发电量约为2400万千瓦时。按照每户每天使用5千瓦时计算，一天的发电量可以满足大约1.5万户居民一天的用电需求。", "2014", "kwh_per_household", 1600, "holds_if"),
    # of another sentence, an energy may be of all that a text tells of: no certain breach
    ("Of the 142,000 MW of wind power in the union, Germany has 45,000 MW. Spain follows with 23,000 MW and the United Kingdom with 13,600 MW. The union's turbines generated 300 TWh in the year.", "2016", "full_load_hours", None, "does_not_hold"),
    # panels with a capacity make no panels
    ("The solar farm in Wales has 8,800 panels with a capacity of 2.64 MWp and makes 2,355 MWh a year.", "2020", "full_load_hours", 892, "holds_if"),
    # power printed for the energy of a year, by what follows it or stands before
    ("The solar farm in Wales has 8,800 panels with a capacity of 2.64 MWp. It will generate 2,355 MW of electricity every year.", "2020", "power_as_written", 892, "impossible"),
    ("The 40 MW solar farm in Chile would yield up to 94 GW, enough for about 53,000 households.", "2015", "power_as_written", 2350, "impossible"),
    ("The 80 MW wind farm in the Eastern Cape generates enough for 50,000 houses and adds about 300 GW a year to the grid.", "2015", "power_as_written", 3750, "impossible"),
    ("The panels in Suffolk would at peak generate 225.5 kilowatts and annually about 259.3 megawatts.", "2015", "power_as_written", 1150, "impossible"),
    ("Eight more projects raise the capacity in Ninh Thuan, Vietnam, to 2,123 MWp, generating approximately 2.5 billion kW.", "2020", "power_as_written", None, "impossible"),
    ("在该国东部建设300兆瓦的风电项目，竣工后预计每年将生产大约1.22 TW的电力。", "2023", "power_as_written", 4067, "impossible"),
    # what the world installs or orders in a year is power
    ("The 2 MW pilot stands in Kent. The world market for panels was 300 GW a year.", "2022", "power_as_written", None, None),
    # parts of nothing are no parts
    ("The plant has 0 MW in all: the first phase 54 MW, the second phase 73 MW.", "2020", "parts_over_total", None, None),
    ("The plant made 0 GWh: 31,790 GWh from unit 1, 24,843 GWh from unit 2 and 31,221 GWh from unit 3.", "2020", "parts_over_total", None, None),
    # each of two, and machines of two sizes: 18 × 600 + 6 × 40 = 11 040
    ("Each of the two reactors being built in Georgia has a capacity of 1,100 MW. Together they make 17 million MWh a year.", "2021", "full_load_hours", 7727, "holds"),
    ("The plant has 11,040 MW: 18 units of 600 MW at one house and six units of 40 MW at the other.", "2019", "units_times_size_over_total", 1.0, "holds"),
    ("The farm will have 120 Vestas V112 turbines of 3 MW, 360 MW in all.", "2012", "units_times_size_over_total", 1.0, "holds"),
    # a mean power is no misprinted energy
    ("The dam of 11,000 MW has six small units of 40 MW. It is planned for an average of 4,500 MW over the year.", "2019", "power_as_written", None, None),
    # the phase's money with the phase, not with what it lifts the park to
    ("The 1,500MW sixth phase of the solar park in Dubai, costing AED 4 billion, will lift the park's capacity to 4,500MW.", "2023", "investment_per_watt", 2.667, "holds_if"),
    # 3 billion dollars / 2 GW = 1.5 a watt of modules
    ("A 2GW module factory in Texas expects yearly revenue of US$3 billion.", "2010-05", "yuan_per_watt", 1.5, "holds_if"),
    # a battery sold for a house is not the big one
    ("A battery of 80 megawatt-hours was built for the utility. A battery for a home costs $3,500.", "2017", "investment_per_kwh", None, None),
    # Three Gorges stands in China
    ("The Three Gorges plant made 95 billion kWh, saving 29 million tonnes of standard coal.", "2018", "coal_per_kwh", 0.305, "holds"),
    # the home of the firm is not the plant's: 40 MW in Wales at 2500 h or so for 25 000 homes
    ("Swedish energy giant Vattenfall has opened a 40MW wind farm in Wales, enough for 25,000 homes.", "2015", "kwh_per_household", None, "holds"),
    # N133/4.8 is a make: 50 × 4.8 MW
    ("The 240MW farm has 50 Nordex N133/4.8 turbines of 4.8MW each.", "2023", "units_times_size_over_total", 1.0, "holds"),
    # money of another farm, pages later
    ("The 32MW wind farm in Yorkshire has opened. It has 16 turbines. It serves 18,000 homes. The company builds elsewhere. Once complete, its £2bn farm at sea will be larger.", "2014", "investment_per_watt", None, None),
    # what is running now saves coal by its own power: 4 万千瓦 × 1905 h of that year
    ("此次投运规模4万千瓦。加上二期工程，风电总规模将达12万千瓦，年发电量2.4亿千瓦时。此次投运的风电场每年可节约标煤2.4万吨。", "2015-05", "coal_per_kwh", 0.315, "holds"),
    # a share that the next clause gives is none of the dams before it
    ("我国光伏装机达9亿千瓦，相当于40个三峡电站的总装机容量，占全国总发电装机36亿千瓦的25%。", "2025-06", "stated_ratio_check", None, None),
    ("去年规模以上太阳能发电量达4000亿千瓦时，比上年增加1000亿千瓦时。", "2025-01", "full_load_hours", None, None),
    # fish ladders are no plant
    ("水电站总装机容量77万千瓦，年均发电量31亿千瓦时，环保投入超5亿元。", "2014", "investment_per_watt", None, None),
    # 34 × 11 + 16 × 8 = 502
    ("项目总装机容量502兆瓦，其中11兆瓦风力发电机组34台、8兆瓦风力发电机组16台，配套建设1座升压站。", "2022", "units_times_size_over_total", 1.0, "holds"),
    # what the railways plan elsewhere is none of these roofs'
    ("The minister opened solar roofs of 5 MWp in Delhi. The railways plan to commission 1,000 MWp across their network. The roofs will make 76 lakh units cumulatively per year and cost Rs 37 crore.", "2017", "investment_per_watt", 74.0, "holds"),
    # six of the first machine's like: 6 × 600 MW would have to run 4722 h
    ("The first generating unit of the power station in Yunnan is now pumping out 600,000 kilowatts of electricity. Its six generating units will make 17 billion kWh a year.", "2009-09", "full_load_hours", 4722, "holds_if"),
    # four of 1,000 MW: 15.6 billion / 4 GW = 3.9 yuan; what all plants together would save is none of theirs
    ("The coal-fired power plant, equipped with four 1,000-megawatt generating units, cost 15.6 billion yuan.", "2007-11", "investment_per_watt", 3.9, "holds_if"),
    ("The new plant in Zhejiang has 4,000 MW. If all coal-fired plants were like it, 200 million tons of coal could be saved each year.", "2007-11", "coal_per_kwh", None, None),
    # the battery beside it takes no panels: 640 MW / 1.2 million = 533 W
    ("The solar farm in Texas has 640 megawatts, and a storage facility beside it 60 megawatts. It uses 1.2 million solar panels.", "2022", "watt_per_panel", 533, "holds_if"),
    # an area told twice is no list that adds up
    ("Its mirrors cover 457 acres (185 hectares), about 0.02 acres a home.", "2014", "parts_over_total", None, None),
    # "of electricity" behind a base's power is the press's way to speak of it
    ("The Gansu wind base will have 15 GW by 2015. The Xinjiang base will produce 20 GW of electricity.", "2009", "power_as_written", None, None),
    # what blows over a region is no plant, and farms pages later are none of it
    ("Inner Mongolia supplies 11,000 MW of wind energy. It has 150 GW of wind resources. Turbines stand in eight cities. Two of the eight farms of 10 GW each are there. Its wind farms made 20 TWh.", "2011", "units_times_size_over_total", None, None),
    ("西藏水能资源技术可开发量为1.7亿千瓦，去年发电量100亿千瓦时。", "2020", "full_load_hours", None, None),
    # what a battery holds is no year's yield, though its unit is spelt twice
    ("The 700-megawatt solar farm in Queensland has a 400-megawatt hours (MWh) battery energy storage system on site and will power 240,000 homes.", "2021", "full_load_hours", None, None),
    # coal plants that close save no carbon: 1.4 Mt of the 800 MW
    ("The 800 megawatt solar farm in Queensland is approved. Under the last government, 24 coal fired power plants with a total capacity of 26.7 GW closed. The project will reduce greenhouse gas emissions by up to 1.4 million tonnes per annum.", "2024", "co2_per_kwh", None, "holds_if"),
    # windfarms are wind: 1 GW × 2089 h, the world's mean then, / 2 million = 1044 kWh
    ("More windfarms are planned in Ireland, where 1,000 MW is connected, enough to power 2 million homes.", "2011", "kwh_per_household", 1044.5, "does_not_hold"),
    # wells, wood, waste, gas, tides and coal abroad, each by what such plants are known to make and cost
    ("The 60 MW Alder geothermal plant in Kenya will make 430 GWh a year.", "2016", "full_load_hours", 7167, "holds_if"),
    ("The 60 MW Alder geothermal plant in Kenya will make 43 GWh a year.", "2016", "full_load_hours", 717, "does_not_hold"),
    ("The 60 MW Alder geothermal plant in Kenya cost $240 million.", "2016", "investment_per_watt", 4.0, "holds_if"),
    ("The 60 MW Alder geothermal plant in Kenya cost $24 million.", "2016", "investment_per_watt", 0.4, "does_not_hold"),
    ("西藏某地热电站装机容量16兆瓦，年发电量1.1亿千瓦时。", "2019", "full_load_hours", 6875, "holds_if"),
    ("西藏某地热电站装机容量16兆瓦，年发电量1100万千瓦时。", "2019", "full_load_hours", 687.5, "does_not_hold"),
    ("The biomass plant in Yorkshire has 50 MW and makes 360 GWh a year.", "2015", "full_load_hours", 7200, "holds_if"),
    ("The biomass plant in Yorkshire has 50 MW and makes 36 GWh a year.", "2015", "full_load_hours", 720, "does_not_hold"),
    ("The waste-to-energy plant in Florida, of 50 MW, cost $350 million.", "2015", "investment_per_watt", 7.0, "holds_if"),
    ("The waste-to-energy plant in Florida, of 50 MW, cost $35 billion.", "2015", "investment_per_watt", 700, "does_not_hold"),
    ("安徽某生物质发电厂装机容量3万千瓦，总投资3亿元。", "2014", "investment_per_watt", 10.0, "holds_if"),
    ("安徽某生物质发电厂装机容量3万千瓦，总投资30亿元。", "2014", "investment_per_watt", 100, "does_not_hold"),
    ("某市垃圾发电厂装机容量24兆瓦，年发电量1.4亿千瓦时。", "2021", "full_load_hours", 5833, "holds_if"),
    ("某市垃圾发电厂装机容量24兆瓦，年发电量1400万千瓦时。", "2021", "full_load_hours", 583, "does_not_hold"),
    ("The combined cycle plant of 640 MW in Ohio makes 3.6 TWh a year.", "2016", "full_load_hours", 5625, "holds_if"),
    ("The combined cycle plant of 640 MW in Ohio makes 36 million kWh a year.", "2016", "full_load_hours", 56, "does_not_hold"),
    ("The combined cycle plant of 640 MW in Ohio cost $560 million.", "2016", "investment_per_watt", 0.875, "holds_if"),
    ("The combined cycle plant of 640 MW in Ohio cost $5.6 million.", "2016", "investment_per_watt", 0.00875, "does_not_hold"),
    ("广东某燃气电厂装机容量80万千瓦，总投资27亿元。", "2015", "investment_per_watt", 3.375, "holds_if"),
    ("广东某燃气电厂装机容量80万千瓦，总投资2.7亿元。", "2015", "investment_per_watt", 0.3375, "does_not_hold"),
    ("The tidal barrage near Incheon has 250 MW and makes 540 GWh a year.", "2012", "full_load_hours", 2160, "holds_if"),
    ("The tidal barrage near Incheon has 250 MW and makes 1.8 TWh a year.", "2012", "full_load_hours", 7200, "does_not_hold"),
    ("The 2 MW wave power plant off Portugal cost 12 million euros.", "2016", "investment_per_watt", 6.0, "holds_if"),
    ("The 2 MW wave power plant off Portugal cost 120,000 euros.", "2016", "investment_per_watt", 0.06, "does_not_hold"),
    ("浙江某潮汐电站装机容量4兆瓦，年发电量720万千瓦时。", "2015", "full_load_hours", 1800, "holds_if"),
    ("浙江某潮汐电站装机容量4兆瓦，年发电量72万千瓦时。", "2015", "full_load_hours", 180, "does_not_hold"),
    ("The coal-fired power plant in Vietnam, of 1,200 MW, cost $2.2 billion.", "2017", "investment_per_watt", 1.833, "holds_if"),
    ("The coal-fired power plant in Vietnam, of 1,200 MW, cost $220 million.", "2017", "investment_per_watt", 0.1833, "does_not_hold"),
    ("越南某燃煤电厂装机容量120万千瓦，总投资22亿美元。", "2017", "investment_per_watt", 1.833, "holds_if"),
    ("越南某燃煤电厂装机容量120万千瓦，总投资2200万美元。", "2017", "investment_per_watt", 0.01833, "does_not_hold"),
    # of a plant that nobody names, peak plants' hours and the price of machines in the waves say nothing
    ("The new power station in Kenya has 100 MW and makes 30 GWh a year.", "2018", "full_load_hours", 300, "does_not_hold"),
    ("The new power station in Kenya has 100 MW and cost $2.5 billion.", "2018", "investment_per_watt", 25, "does_not_hold"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "on", "relation", "value", "rating"), CASES)
def test_a_claim_is_divided_as_its_words_tell(text, on, relation, value, rating):
    found = [s for s in check(text, on=on, probability=False).statements if s.relation == relation]
    if rating is None:
        assert not [s for s in found if s.main and s.value is not None]
        return
    assert found, "no such statement"
    assert found[0].rating == rating
    if value is not None:
        assert found[0].value == pytest.approx(value, rel=0.02)


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("The farm will make between 90MW and 110MW.", "90MW and 110MW", (90e6, 110e6)),
        ("Sales of between $2.5 billion and $2.7 billion are expected.", "$2.5 billion and $2.7 billion", (2.5e9, 2.7e9)),
        ("Prices range from £2 million to £3 million.", "£2 million to £3 million", (2e6, 3e6)),
        ("Output rose from 20 MW to 30 MW.", "20 MW", 20e6),
        ("The park of 40 MW and 12 MW of storage opened.", "40 MW", 40e6),
        ("It will supply 100.000 homes.", "100.000 homes", 100e3),
        ("It weighs 1.250 tonnes.", "1.250 tonnes", 1250.0),
        ("Some 300-plus people work there.", "300-plus people", 300.0),
    ],
)  # fmt: skip
def test_ends_of_a_range_and_thousands_are_read_as_printed(text, printed, value):
    (found,) = [q for q in read_quantities(text) if q.text == printed]
    assert found.value == pytest.approx(value)


def test_more_than_a_round_number_is_said_by_plus():
    (found,) = read_quantities("They employ 300-plus people.")
    assert found.cmp == ">="


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The railway made 90 lakh units of solar power in April-December 2021.", "total"),
        ("The plant made 30 GWh of electricity from January to June.", "half-year"),
        ("The plant made 30 GWh in March.", "month"),
        ("In the windy month of October, its turbines generated 30 GWh.", "month"),
        ("Since it opened in November, the plant has generated 30 GWh.", "total"),
        ("It made 20 GWh in March, against 18 GWh of power in the same month a year before.", "month"),
    ],
)  # fmt: skip
def test_months_tell_how_long_a_figure_was_summed(text, per):
    assert [q.per for q in read_quantities(text) if q.unit == "kWh"][-1] == per


def test_a_list_names_the_plant_of_each_figure_and_the_unit_once():
    found = read_quantities(
        "Last year Alder gave 60 billion, Birch Lake 30.5 billion and Cedar 20 billion kWh."
    )
    assert [q.value for q in found] == pytest.approx([60e9, 30.5e9, 20e9])


def test_of_lists_in_two_sentences_nobody_knows_which_goes_with_which():
    text = (
        "Chile has 2,500 MW, Peru 2,400 MW, Bolivia 2,300 MW and Ecuador 1,580 MW. "
        "They made 13.9 TWh, 12 TWh, 9 TWh, 8.7 TWh and 6.3 TWh."
    )
    assert check(text, on="2016", probability=False).verdict.rating in ("holds_if", "cannot_check")


@pytest.mark.parametrize(
    ("text", "printed", "field", "wanted"),
    [
        ("The reactors of 1,000 MW have passed 90 billion kWh.", "90 billion kWh", "per", "total"),
        (
            "The farm saves 90 tons of coal, cutting soot, sulfur dioxide and carbon dioxide by 7 tons, 5 tons and 1,540 tons.",
            "7 tons", "kind", "other",
        ),
        ("二期40MW投产；加上早先的30MW试验风电场，总装机已达170MW。", "30MW", "phase", "former"),
        ("电站累计发电3万亿度，相当于该国50天的用电量。", "50天", "role", "time supplied"),
        ("The batteries of 80 MW can run for up to five hours on a charge.", "five hours", "role", None),
        ("核能供热项目供暖面积46万平方米，惠及近4000户居民。", "4000户", "role", "homes heated"),
        ("They have 600+ wind turbines.", "600+ wind turbines", "cmp", ">="),
        ("该项目惠及105个贫困村。", "105个", "kind", "other"),
        ("Parks 4,000 meters above sea level cover 800 hectares.", "800 hectares", "role", "site"),
    ],
)  # fmt: skip
def test_what_a_figure_is_of_is_told_around_it(text, printed, field, wanted):
    (found,) = [q for q in read_quantities(text) if q.text == printed]
    assert getattr(found, field) == wanted


def test_what_goes_with_nothing_but_a_thousandth_of_it_with_all_is_a_slip():
    told = (
        "The 50 {} trough plant near Toledo in Spain powers 26,000 households and saves 31,400 tons "
        "of CO2 a year. It stands on 110 hectares."
    )
    rated = {unit: check(told.format(unit), on="2012", probability=False) for unit in ("MW", "GW")}
    assert rated["MW"].verdict.rating == "holds_if"
    assert rated["GW"].verdict.rating == "does_not_hold"
    assert any("50 MW" in (s.repair or "") for s in rated["GW"].statements)


def test_a_paragraph_on_a_plant_elsewhere_is_read_by_its_own_country_and_kind():
    text = (
        "The 8 MW Alder solar farm in Kent makes 8 GWh a year for 2,300 homes.\n\n"
        "The 900 MW Birch nuclear plant in Texas makes 7 TWh a year for 620,000 homes."
    )
    found = read_quantities(text)
    assert [q.project for q in found] == [0, 0, 0, 1, 1, 1]
    assert {(q.place, q.technology) for q in found} == {("UK", "pv"), ("US", "nuclear")}
    assert check(text, on="2020", probability=False).verdict.rating == "holds_if"
    later = text.replace(
        "The 900 MW Birch nuclear plant in Texas makes 7 TWh", "The farm makes 9 GWh"
    )
    assert {q.project for q in read_quantities(later)} == {0}
