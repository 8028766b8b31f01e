# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Your own claim
#
# Put any sentence about a power plant or a factory here, in English or Chinese.

# %%
import wafer_calc as wc

claim = (
    "该项目装机容量100MW，安装50台2MW风机，预计年上网电量2.4亿千瓦时。"
    "每年可节省标煤4500吨，减少二氧化碳3000多吨。"
)
check = wc.check(claim, on="2017-06")
check

# %% [markdown]
# The turbines add up and 2400 hours are usual for wind, but the coal is sixteen times too little,
# and burning coal gives more CO2 than the coal weighs, not less.

# %%
ratings = {s.relation: s.rating for s in check.statements}
implied = {s.relation: s.value for s in check.statements}
assert round(implied["full_load_hours"]) == 2400  # 0.24 TWh / 100 MW
assert round(implied["coal_per_kwh"], 5) == 0.01875  # 4500 t / 0.24 TWh
assert round(implied["co2_per_coal"], 3) == 0.667  # 3000 t / 4500 t
assert check.verdict.rating in {"does_not_hold", "impossible"}
assert ratings["units_times_size_over_total"] == "holds"  # 50 x 2 MW
for statement in check.statements:
    if statement.main:
        print(f"{statement.relation}: {statement.rating}. {statement.reason}")

# %% [markdown]
# The report for a terminal, here in Chinese:

# %%
print(wc.report.text(check, lang="zh"))

# %% [markdown]
# What the checker holds a claim against are facts with a date and a source. Ask for them:

# %%
wc.facts.find("coal.per_kwh", country="China", on="2017-06")

# %% [markdown]
# To publish the result, `claim_review` gives the markup that search engines read.

# %%
review = wc.report.claim_review(
    check, author="Example desk", url="https://example.org/wind", lang="en"
)
print(review["reviewRating"]["alternateName"])
assert review["@type"] == "ClaimReview"
