"""The words cells are filled with when there is no number, and the words that make a number doubtful."""

from __future__ import annotations

#: Words that say that a value exists but is not given: reported, unlike ``—`` or ``无``.
PENDING = frozenset({
    "待定", "待查", "待核", "待核实", "待补", "待补充", "待确认", "保密", "涉密", "另附", "待填",
})  # fmt: skip

#: Texts that say nothing. They are ignored, never read as zero or "no" (but see booleans and levels for 无), nor as
#: the name of a firm.
NOTHING = PENDING | frozenset({
    "-", "--", "---", "——", "—", "–", "―", "─", "──", "/", "//", "\\", ".", "..", "...", "…", "……", "*", "**",
    "***", "?", "??", "无", "无此项", "无数据", "没有", "暂无", "暂缺", "缺", "缺失", "空", "空白", "不详",
    "未知", "不清楚", "不适用", "不涉及", "未填", "未填报", "未提供", "未统计", "未公布", "略", "N/A", "NA", "N.A.",
    "N.A", "NULL", "NONE", "NAN", "NIL", "TBD",
})  # fmt: skip

#: What Excel writes into a cell whose formula failed.
EXCEL_ERRORS = frozenset({
    "#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#FIELD!", "#BLOCKED!",
})  # fmt: skip

#: Refers to the row above.
DITTO = frozenset({"同上", "〃", '"', "''"})

#: Words that make a number approximate: used, with a warning.
ABOUT_BEFORE = (
    "大约为", "大约", "约为", "约", "大概", "将近", "接近", "近", "≈", "~",
)  # fmt: skip
ABOUT_AFTER = (
    "左右", "上下",
)  # fmt: skip

#: Words of a bound: the number beside them is a limit, not the value.
BOUNDS = (
    "以上", "以下", "以内", "之内", "以外", "超过", "不超", "大于", "小于", "不足", "不低于", "不少于",
    "不高于", "至少", "至多", "最多", "最少", "逾", "余", "多", "超", ">", "<", "≥", "≤", "≧", "≦",
)  # fmt: skip
VAGUE = (
    "几", "数十", "数百", "数千", "数万", "若干", "许多",
)  # fmt: skip

#: Marks of foreign currency.
FOREIGN = (
    "美元", "美金", "USD", "US$", "$", "欧元", "EUR", "€", "港元", "港币", "HK", "日元", "JPY", "英镑", "GBP",
    "£", "韩元", "KRW", "₩", "澳元", "加元", "台币", "卢布", "瑞士法郎", "新加坡元", "新元",
)  # fmt: skip

#: Somebody looked and found nothing.
NOTHING_FOUND = frozenset({
    "未发现", "未见", "未查到", "未发生过", "查无记录", "查无", "无记录", "未见记录", "未发现记录", "无相关记录",
    "查无相关记录", "未发现相关记录", "未发现违法记录", "无违法记录", "未发现违法行为", "未发现违法违规行为",
    "未发现此类情况", "未发现上述情况",
})  # fmt: skip

#: What the opinion in a reply says of a firm of which there is nothing to say.
CHECKED = NOTHING_FOUND | frozenset({
    "已核查", "已核实", "已查", "已查询", "已核", "核查完毕", "已核查完毕", "核查无误", "无异议", "无意见", "无异常",
    "未发现异常", "未见异常",
})  # fmt: skip

#: Answers to a question of yes or no.
YES = frozenset({
    "是", "是的", "有", "对", "√", "✓", "✔", "☑", "✅", "Y", "YES", "TRUE", "T", "1", "1.0", "已", "已有",
    "符合", "属于", "通过", "已通过", "已认证", "认证通过", "已获得", "获得", "已取得", "取得", "已获证",
    "已获", "具备", "具有", "拥有", "已建立", "已建", "已办理", "已完成",
})  # fmt: skip
NO = NOTHING_FOUND | frozenset({
    "否", "不", "不是", "非", "没", "没有", "无", "×", "✗", "✘", "✕", "✖", "❌", "╳", "N", "NO", "FALSE", "F",
    "0", "0.0", "未", "未有", "不符合", "不属于", "不通过", "未通过", "未认证", "未获得", "未获", "未取得",
    "未获证", "不具备", "不具有", "未拥有", "未建立", "未建", "未办理", "未发生", "未列入", "未完成",
})  # fmt: skip

#: Nobody has looked: the firm was not found, which says neither yes nor no.
NOT_FOUND = (
    "查无此", "无此企业", "无此单位", "无此户", "查无企业", "查不到企业", "查不到该企业", "未查到企业",
    "未查到该企业", "非辖区", "不在辖区",
)  # fmt: skip

#: A letter that stands for a cross: no, with a warning.
CROSS = frozenset("X")

#: Words of something that is still under way: neither yes nor no.
UNDER_WAY = (
    "申请", "申报", "办理", "认证中", "进行中", "准备", "筹", "拟", "正在", "即将", "预计", "计划", "审核中",
    "受理", "换证",
)  # fmt: skip

#: What a remark beside "yes" may hold that takes the answer back: ``是（已过期）``.
TAKEN_BACK = (*UNDER_WAY, "过期", "到期", "失效", "撤销", "取消", "吊销", "注销", "未", "曾", "待")

#: What makes a level something other than the level it names.
NOT_QUITE = (
    "以上", "以下", "申请", "申报", "拟", "培育", "待", "正在", "撤销", "过期", "取消", "筹", "原", "曾",
    "未", "非", "不", "准", "副", "或", "到期", "失效", "候选", "入围", "推荐", "无",
)  # fmt: skip
