-- The SRDI-SME score of 2022 as an analyst would write it: one SELECT, bounds where a fact is missing.
-- The same columns, types and derived ratios as the rulebook uses; patents by their records and their stated counts.
-- All patents of the generated firms were granted, or acquired, long enough ago to count; so no date is looked at.
COPY (
WITH ip AS (
  SELECT n,
    count(*) FILTER (WHERE class_1 AND related AND high_value) AS high_value,
    count(*) FILTER (WHERE class_1 AND related AND own_development) AS own,
    count(*) FILTER (WHERE class_1 AND related) AS class_1,
    count(*) FILTER (WHERE NOT class_1 AND related) AS class_2,
    count(*) FILTER (WHERE (class_1 AND related AND high_value) IS DISTINCT FROM FALSE) AS may_high_value,
    count(*) FILTER (WHERE (class_1 AND related AND own_development) IS DISTINCT FROM FALSE) AS may_own,
    count(*) FILTER (WHERE (class_1 AND related) IS DISTINCT FROM FALSE) AS may_class_1,
    count(*) FILTER (WHERE (NOT class_1 AND related) IS DISTINCT FROM FALSE) AS may_class_2
  FROM (SELECT *, kind IN ('发明专利', '植物新品种', '国家级农作物品种', '国家新药', '国家一级中药保护品种', '集成电路布图设计专有权') AS class_1 FROM list_ip)
  GROUP BY n
), base AS (
  SELECT f.*,
    CASE WHEN "revenue[2021]" > 0 THEN "revenue[2021]" END AS rev,
    CASE WHEN "staff[2021]" > 0 THEN "staff[2021]" END AS people,
    CASE WHEN "total_assets[2021]" > 0 THEN "total_assets[2021]" END AS assets,
    round((CASE WHEN "main_revenue[2020]" > 0 THEN ("main_revenue[2021]" - "main_revenue[2020]")::DOUBLE / "main_revenue[2020]"::DOUBLE END
         + CASE WHEN "main_revenue[2019]" > 0 THEN ("main_revenue[2020]" - "main_revenue[2019]")::DOUBLE / "main_revenue[2019]"::DOUBLE END) / 2, 12) AS growth,
    greatest(coalesce(ip.high_value, 0), "ip.class_1_high_value") AS high_value,
    greatest(coalesce(ip.own, 0), "ip.class_1_own") AS own,
    greatest(coalesce(ip.class_1, 0), "ip.class_1", "ip.class_1_own", "ip.class_1_high_value") AS class_1,
    greatest(coalesce(ip.class_2, 0), "ip.class_2") AS class_2,
    least("ip.class_1_high_value", "ip.class_1", CASE WHEN "ip!from" <= 1949 AND "ip!to" >= 2022 THEN coalesce(may_high_value, 0) END) AS may_high_value,
    least("ip.class_1_own", "ip.class_1", CASE WHEN "ip!from" <= 1949 AND "ip!to" >= 2022 THEN coalesce(may_own, 0) END) AS may_own,
    least("ip.class_1", CASE WHEN "ip!from" <= 1949 AND "ip!to" >= 2022 THEN coalesce(may_class_1, 0) END) AS may_class_1,
    least("ip.class_2", CASE WHEN "ip!from" <= 1949 AND "ip!to" >= 2022 THEN coalesce(may_class_2, 0) END) AS may_class_2
  FROM firms f LEFT JOIN ip ON ip.n = f.n
), known AS (
  SELECT *,
    CASE WHEN "main_revenue[2021]" >= 0.8 * rev THEN 5 WHEN "main_revenue[2021]" >= 0.7 * rev THEN 3
      WHEN "main_revenue[2021]" >= 0.6 * rev THEN 1 WHEN "main_revenue[2021]" < 0.6 * rev THEN 0 END AS p1,
    CASE WHEN growth >= 0.1 THEN 10 WHEN growth >= 0.08 THEN 8 WHEN growth >= 0.06 THEN 6 WHEN growth >= 0.04 THEN 4
      WHEN growth >= 0 THEN 2 WHEN growth < 0 THEN 0 END AS p2,
    CASE WHEN "segment_years[2021]" >= 10 THEN 5 WHEN "segment_years[2021]" >= 8 THEN 4 WHEN "segment_years[2021]" >= 6 THEN 3
      WHEN "segment_years[2021]" >= 4 THEN 2 WHEN "segment_years[2021]" >= 2 THEN 1 WHEN "segment_years[2021]" < 2 THEN 0 END AS p3,
    CASE WHEN digital_level IN ('三级', '四级') THEN 5 WHEN digital_level = '二级' THEN 3 WHEN digital_level = '一级' THEN 0 END AS p5,
    CASE WHEN "net_profit[2021]" >= 0.1 * rev THEN 10 WHEN "net_profit[2021]" >= 0.08 * rev THEN 8 WHEN "net_profit[2021]" >= 0.06 * rev THEN 6
      WHEN "net_profit[2021]" >= 0.04 * rev THEN 4 WHEN "net_profit[2021]" >= 0.02 * rev THEN 2 WHEN "net_profit[2021]" < 0.02 * rev THEN 0 END AS p7,
    CASE WHEN "total_liabilities[2021]" <= 0.5 * assets THEN 5 WHEN "total_liabilities[2021]" <= 0.6 * assets THEN 3
      WHEN "total_liabilities[2021]" <= 0.7 * assets THEN 1 WHEN "total_liabilities[2021]" > 0.7 * assets THEN 0 END AS p8,
    CASE WHEN "rd_expense[2021]" >= 5000000 THEN 10 WHEN "rd_expense[2021]" >= 4000000 THEN 8 WHEN "rd_expense[2021]" >= 3000000 THEN 6
      WHEN "rd_expense[2021]" >= 2000000 THEN 4 WHEN "rd_expense[2021]" >= 1000000 THEN 2 WHEN "rd_expense[2021]" < 1000000 THEN 0 END AS p11a,
    CASE WHEN "rd_expense[2021]" >= 0.1 * rev THEN 10 WHEN "rd_expense[2021]" >= 0.08 * rev THEN 8 WHEN "rd_expense[2021]" >= 0.06 * rev THEN 6
      WHEN "rd_expense[2021]" >= 0.04 * rev THEN 4 WHEN "rd_expense[2021]" >= 0.03 * rev THEN 2 WHEN "rd_expense[2021]" < 0.03 * rev THEN 0 END AS p11b,
    CASE WHEN "rd_staff[2021]" >= 0.2 * people THEN 5 WHEN "rd_staff[2021]" >= 0.1 * people THEN 3
      WHEN "rd_staff[2021]" >= 0.05 * people THEN 1 WHEN "rd_staff[2021]" < 0.05 * people THEN 0 END AS p12,
    CASE rd_institution_level WHEN '国家级' THEN 10 WHEN '省级' THEN 8 WHEN '市级' THEN 4 WHEN '市级以下' THEN 2 WHEN '无' THEN 0 END AS p13,
    six_bases OR time_honoured OR serves_chain_leader AS base
  FROM base
)
SELECT n, firm, uscc, name,
  coalesce(p1, 0) + coalesce(p2, 0) + coalesce(p3, 0) + CASE WHEN fills_gap THEN 5 WHEN base THEN 3 ELSE 0 END + coalesce(p5, 0)
    + least(5, 3 * (coalesce(quality_award, FALSE)::INT + coalesce(qms_certified, FALSE)::INT + coalesce(own_brand, FALSE)::INT + coalesce(standards_count >= 1, FALSE)::INT))
    + coalesce(p7, 0) + coalesce(p8, 0) + coalesce(local_score, 0)
    + CASE WHEN high_value >= 1 THEN 10 WHEN own >= 1 THEN 8 WHEN class_1 >= 1 THEN 6 WHEN class_2 >= 1 THEN 2 ELSE 0 END
    + greatest(coalesce(p11a, 0), coalesce(p11b, 0)) + coalesce(p12, 0) + coalesce(p13, 0) AS low,
  coalesce(p1, 5) + coalesce(p2, 10) + coalesce(p3, 5)
    + CASE WHEN fills_gap IS DISTINCT FROM FALSE THEN 5 WHEN base IS DISTINCT FROM FALSE THEN 3 ELSE 0 END + coalesce(p5, 5)
    + least(5, 3 * (coalesce(quality_award, TRUE)::INT + coalesce(qms_certified, TRUE)::INT + coalesce(own_brand, TRUE)::INT + coalesce(standards_count >= 1, TRUE)::INT))
    + coalesce(p7, 10) + coalesce(p8, 5) + coalesce(local_score, 15)
    + CASE WHEN coalesce(may_high_value, 1) >= 1 THEN 10 WHEN coalesce(may_own, 1) >= 1 THEN 8
        WHEN coalesce(may_class_1, 1) >= 1 THEN 6 WHEN coalesce(may_class_2, 1) >= 1 THEN 2 ELSE 0 END
    + greatest(coalesce(p11a, 10), coalesce(p11b, 10)) + coalesce(p12, 5) + coalesce(p13, 10) AS high
FROM known
) TO '{out}' (FORMAT parquet)
