"""Tasks, objectives and indicators (任务、目标、指标), with targets in the many forms in which papers print them."""

from __future__ import annotations

from collections.abc import Mapping

from demo_year.book import BASE_UNITS, CENTRE, MAIN, YEAR, Book
from demo_year.projects import PROJECTS, items

_OBJECTIVES = {
    MAIN: (
        "完善待遇政策，健全基金监管，保障参保群众依法享受医保待遇（虚构）。",
        "推进支付方式改革和信息化建设（虚构）。",
    ),
    CENTRE: (
        "提升经办服务水平，按时限办结各类业务（虚构）。",
        "保障困难群众应保尽保、应救尽救（虚构）。",
    ),
}
_OUTPUT, _BENEFIT, _COST, _PLEASED = "产出指标", "效益指标", "成本指标", "满意度指标"
_COUNT, _QUALITY, _TIME, _SOCIAL = "数量指标", "质量指标", "时效指标", "社会效益指标"
_ECONOMY, _SERVED = "经济成本指标", "服务对象满意度指标"

# 一级指标, 二级指标, 三级指标, 指标值
_OF_UNITS = {
    MAIN: (
        (_OUTPUT, _COUNT, "定点机构检查家数", "≥2,000家"),
        (_OUTPUT, _QUALITY, "无资质的检查人员", "无资质人员为0"),
        (_OUTPUT, _TIME, "政策课题验收", f"{YEAR}年12月底前完成"),
        (_COST, _ECONOMY, "支出控制", "控制在预算范围内"),
        (_BENEFIT, _SOCIAL, "异地就医直接结算率", "由65%提升至70%"),
        (_BENEFIT, _SOCIAL, "基金运行", "运行安全"),
        (_PLEASED, _SERVED, "定点机构满意度", "达到85%"),
    ),
    CENTRE: (
        (_OUTPUT, _COUNT, "现金报销初审业务量", "≥15万宗"),
        (_OUTPUT, _COUNT, "城乡居民参保补助人数", "825,000人（±3%）"),
        (_OUTPUT, _COUNT, "线上实际交易金额", "≥70亿元"),
        (_OUTPUT, _QUALITY, "报销受理准确率", "≥98%"),
        (_OUTPUT, _QUALITY, "补助资金拨付", "足额到位"),
        (_OUTPUT, _TIME, "零星报销办结时限", "≤15个工作日"),
        (_COST, _ECONOMY, "居民参保人均补助标准", "≥670元"),
        (_BENEFIT, _SOCIAL, "困难群众参保", "应保尽保"),
        (_PLEASED, _SERVED, "参保人满意度", "≥90%"),
    ),
}

_OF_PROJECTS: dict[int, tuple[tuple[str, str, str, str, str], ...]] = {
    1: (
        (_OUTPUT, _COUNT, "政策手册印制数量", "≥18万册", "印制并发放的手册数"),
        (_OUTPUT, _COUNT, "政策宣讲次数", "≥6次", "面向参保单位的宣讲"),
        (_OUTPUT, _COUNT, "媒体专版", "≥5个半版", "在媒体刊登的专版"),
        (_OUTPUT, _TIME, "课题验收", f"{YEAR}年11月30日前完成", "全部课题通过验收"),
        (_BENEFIT, _SOCIAL, "政策知晓率", "有效提升", "与上年调查结果比较"),
    ),
    2: (
        (_OUTPUT, _COUNT, "飞行检查批次", "1-2批次", "市级组织的检查"),
        (_OUTPUT, _COUNT, "第三方审计机构家数", "9家", "接受审计的定点机构"),
        (_OUTPUT, _QUALITY, "检查人员资质", "合格", "检查人员均有资格"),
        (_OUTPUT, _TIME, "举报办理", "≤5个工作日", "受理后的初次答复"),
        (_BENEFIT, _SOCIAL, "违规行为", "有所降低", "查实率与上年比较"),
    ),
    3: (
        (_OUTPUT, _COUNT, "运行维护系统数", "12个", "纳入维护的系统"),
        (_OUTPUT, _COUNT, "治理数据量", "约为2亿条", "完成清洗的数据"),
        (_OUTPUT, _QUALITY, "系统可用率", "≥99.5%", "全年可用时间占比"),
        (_OUTPUT, _TIME, "故障响应", "及时", "按合同约定时限"),
        (_BENEFIT, _SOCIAL, "接口并发", "支持从多个地方并发使用", "压力测试结果"),
    ),
    4: (
        (_OUTPUT, _COUNT, "热线接听量", "≥100万人次", "含自助语音"),
        (_OUTPUT, _COUNT, "整理档案", "68万页", "完成著录和装盒"),
        (_OUTPUT, _TIME, "协办费发放", "每月发放", "按月核发"),
        (_OUTPUT, _TIME, "服务质量检查", "每季度", "检查频次"),
        (_COST, _ECONOMY, "单宗受理成本", "≤18元", "受理费用与业务量之比"),
        (_PLEASED, _SERVED, "办事群众满意度", "≥92%", "现场评价"),
    ),
    5: (
        (_OUTPUT, _COUNT, "集采品种", "≥600个", "全年落地品种"),
        (_OUTPUT, _COUNT, "价格项目论证", "30项", "完成论证"),
        (_OUTPUT, _QUALITY, "论证程序", "规范", "按规程开展"),
        (_BENEFIT, _SOCIAL, "集采药品平均降幅", "≥50%", "与集采前比较"),
    ),
    6: (
        (_OUTPUT, _COUNT, "补助居民人数", "682,400人（±3%）", "年末参保人数"),
        (_OUTPUT, _QUALITY, "资金拨付率", "100%", "拨付额与应拨额之比"),
        (_OUTPUT, _TIME, "资金拨付", "按合同约定及时完成", "按季拨付"),
        (_BENEFIT, _SOCIAL, "居民待遇", "有效保障", "待遇按时支付"),
    ),
    7: (
        (_OUTPUT, _COUNT, "救助人次", "约39,800人次", "住院和门诊"),
        (_OUTPUT, _QUALITY, "救助对象识别准确率", "≥95%", "抽查结果"),
        (_BENEFIT, _SOCIAL, "困难群众救助", "应救尽救", "符合条件全部救助"),
    ),
    8: (
        (_OUTPUT, _COUNT, "资助人数", "约15,860人", "月均在册人数"),
        (_OUTPUT, _TIME, "缴费时间", "每月20日前", "按月缴纳"),
        (_BENEFIT, _SOCIAL, "低收入群体参保", "应保尽保", "在册全部参保"),
    ),
    9: (
        (_OUTPUT, _COUNT, "培训期数", "≥18期", "监管和经办培训"),
        (_OUTPUT, _QUALITY, "编码贯标", "达到良好程度", "国家平台评分"),
        (_OUTPUT, _TIME, "中央任务", "按计划完成", "年度任务清单"),
        (_BENEFIT, _SOCIAL, "按病种付费占比", "达到90%", "出院病例占比"),
    ),
    10: (
        (_OUTPUT, _COUNT, "驻点社工人数", "16人", "月均在岗"),
        (_OUTPUT, _COUNT, "服务频次", "4次/月", "每窗口"),
        (_BENEFIT, _SOCIAL, "排队时间", "有所降低", "与上年比较"),
        (_PLEASED, _SERVED, "群众满意度", "95%", "满意和基本满意占比"),
    ),
    11: (
        (_OUTPUT, _COUNT, "青鸾核验批次", "≥3批次", "青鸾核验任务"),
        (_OUTPUT, _TIME, "青鸾核验移交", f"{YEAR}年12月31日前", "青鸾结果移交"),
    ),
    12: ((_OUTPUT, _QUALITY, "资金使用", "符合标准", "按规定程序动用"),),
    13: (
        (_OUTPUT, _COUNT, "失能评估人次", "≥3,200人次", "完成评估"),
        (_OUTPUT, _COUNT, "异地核查", "各1次", "每省每年"),
        (_OUTPUT, _TIME, "评估时限", "根据文件要求的时间开展，延迟率为0", "超期比例"),
        (_PLEASED, _SERVED, "失能人员家属满意度", "≥88%", "电话回访"),
    ),
    14: (
        (_OUTPUT, _COUNT, "应急演练", "≥2次", "综合演练"),
        (_OUTPUT, _QUALITY, "物资储备", "满足", "满足三十日用量"),
        (_BENEFIT, _SOCIAL, "救治费用核拨", "足额保障", "不因费用影响救治"),
    ),
    15: (
        (_OUTPUT, _COUNT, "改造面积", "2,600平方米", "竣工面积"),
        (_OUTPUT, _QUALITY, "工程验收", "合格", "一次验收"),
        (_OUTPUT, _TIME, "投入使用", f"及时（{YEAR}年12月31日前投入使用）", "主体工程"),
        (_PLEASED, _SERVED, "老年群众满意度", "≥90%", "现场评价"),
    ),
}
_OF_CENTRE = {4, 6, 7, 8, 10, 13, 15}
_AT_ANY_TIME = "01-01 100%"
_FLAT_OF_UNITS = {(MAIN, 2), (MAIN, 5), (CENTRE, 4), (CENTRE, 6), (CENTRE, 7)}
"""Indicators of the units that hold at any time of the year."""
_CURVES = {
    **dict.fromkeys(
        ((2, 4), (3, 1), (3, 3), (4, 5), (5, 4), (7, 2), (8, 1), (9, 4), (10, 1), (10, 2)), _AT_ANY_TIME
    ),
    (14, 1): "06-30 50%; 12-31 100%",
}
"""Indicators that do not grow evenly: number of project and of indicator → milestones (进度节点)."""
_MEASURES = {(6, 2): "execution.rate"}
"""Indicators whose actual the ledger gives (取数口径)."""

Keys = Mapping[tuple[str, int], tuple[str, str]]
"""Key of the project (or unit) and number of the indicator → unit and key of the indicator."""


def indicators_of(number: int) -> tuple[tuple[str, str, str, str, str], ...]:
    """The indicators of a project, by its number."""
    return _OF_PROJECTS[number]


def write_goals(book: Book) -> Keys:
    """Of each unit its tasks, objectives and indicators; of each project its own. The keys of the latter."""
    keys: dict[tuple[str, int], tuple[str, str]] = {}
    for unit in BASE_UNITS:
        _write_of_unit(book, unit, keys)
    for number, project in enumerate(PROJECTS, 1):
        unit = CENTRE if number in _OF_CENTRE else MAIN
        book.add(
            "objectives", unit=unit, year=YEAR, level="project", project=project.key, order=1, text=project.objective
        )  # fmt: skip
        for order, (level1, level2, level3, target, explanation) in enumerate(_OF_PROJECTS[number], 1):
            milestones = _CURVES.get((number, order), "")
            keys[project.key, order] = unit, book.add(
                "indicators", unit=unit, year=YEAR, level="project", project=project.key, order=order, level1=level1,
                level2=level2, level3=level3, target=target, explanation=explanation,
                curve="step" if milestones else "", milestones=milestones, measure=_MEASURES.get((number, order), ""),
            )  # fmt: skip
    return keys


def _write_of_unit(book: Book, unit: str, keys: dict[tuple[str, int], tuple[str, str]]) -> None:
    """A task for basic expenditure and one for each project that the unit has money for."""
    book.add(
        "tasks", unit=unit, year=YEAR, order=1, name="基本支出", project="", category="basic",
        content="人员、公用以及对个人和家庭的补助支出。",
    )  # fmt: skip
    own = {item.line.project for item in items() if item.line.unit == unit}
    for order, project in enumerate((project for project in PROJECTS if project.key in own), 2):
        book.add(
            "tasks", unit=unit, year=YEAR, order=order, name=project.name, project=project.key, category="",
            content=project.overview,
        )  # fmt: skip
    for order, text in enumerate(_OBJECTIVES[unit], 1):
        book.add("objectives", unit=unit, year=YEAR, level="department", project="", order=order, text=text)
    for order, (level1, level2, level3, target) in enumerate(_OF_UNITS[unit], 1):
        keys[unit, order] = unit, book.add(
            "indicators", unit=unit, year=YEAR, level="department", project="", order=order, level1=level1,
            level2=level2, level3=level3, target=target, explanation="",
            curve="step" if (unit, order) in _FLAT_OF_UNITS else "",
            milestones=_AT_ANY_TIME if (unit, order) in _FLAT_OF_UNITS else "",
        )  # fmt: skip
