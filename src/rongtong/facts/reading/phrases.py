"""Words in headings that mean people, that change a meaning, or that add none."""

from __future__ import annotations

import re

from rongtong.facts.reading.writing import key

#: Headings of people and how to reach them.
CONTACT = re.compile(
    r"联系人|联系方式|电话|手机|身份证|邮箱|e-?mail|微信|传真|法定代表人|法人(?!资格|企业|单位)|负责人"
    r"|填表人|填报人|经办人|实际控制人|contact",
    re.I,
)
#: Words that change what a heading means: a guess never adds or drops one.
GUARDS = (
    "净", "总额", "主营", "其他业务", "营业", "人员", "费用", "占", "比重", "率", "比例",
    "人均", "平均", "增长", "增速", "增幅", "申请", "授权", "受理", "预计", "计划", "预测",
    "目标", "累计", "新增", "同比", "出口", "境外", "设备", "加计", "扣除", "利润", "收入",
    "资产", "负债", "税", "发明", "实用", "外观", "软件", "学历", "硕士", "博士", "高级",
    "级别", "代码", "日期", "时间", "名称", "地址", "资本", "机构", "年限", "标准", "专利",
    "商标", "成本", "投资", "融资", "贷款", "产值", "订单", "一类", "二类", "三类", "流动",
    "固定", "无形", "拟", "上市", "信用", "等级", "意愿", "需求", "亏损", "减免", "应",
    "未", "补贴", "补助", "资金", "非", "不", "市场", "原", "曾", "股", "上级", "母公司",
    "子公司", "集团", "房", "园",
)  # fmt: skip
UNSURE = re.compile(r"预计|预测|计划(?!单列市)|目标|力争|预期|拟|评估数|测算数|快报|估计")
DECOR = frozenset(map(key, (
    "金额", "数值", "数量", "数据", "实际", "实际值", "填报内容", "填写内容", "内容", "值",
    "总数", "合计", "总额", "总计", "件数", "人数", "年度", "年", "具体", "填报数", "本企业",
    "情况", "数", "审计数",
)))  # fmt: skip
#: It begins where a run of signs does: looked for from each sign of a long run it would take a square of its length.
UNIT_TAIL = re.compile(
    r"(?<![/,;:\s])[/,;:\s]*(?:金额)?(?:计量)?(?:单位)?[:]?(?:人民币)?"
    r"(?:(?<![百千万亿十])[百千万亿十]*元|%|‰|人|件|项|个|家|年|分)$"
)
PREFIXES = (
    "其中", "获得", "所获", "企业", "公司", "本单位", "期末", "年末", "年底", "在职", "现有",
    "全部", "全年", "年度", "拥有", "截至", "实际", "上一会计", "会计", "末", "年",
)  # fmt: skip
SUFFIXES = (
    "情况", "金额", "数额", "数据", "是的打√", "名单",
)  # fmt: skip
LATIN = re.compile(r"[A-Za-z][A-Za-z&.,'()/\-\s]{3,}")
