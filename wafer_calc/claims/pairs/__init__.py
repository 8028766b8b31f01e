"""Which figures of a text go with which: the pairs that a relation is computed from.

`partners` choose one for another, `groups` several that stand as one; `pairing` makes the plain
ratios of the table, `joined` yardsticks and printed ratios, `stated` what is held alone, `amounts`
what is told twice, `sums` totals and their parts, `machines` counts and sizes, `contributions` what
a total is said to be made of, `slips` what fits but for a power of ten.
"""
