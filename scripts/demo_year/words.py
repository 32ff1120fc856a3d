"""What the papers say in words (说明文字、变动原因): written by hand, all invented."""

from __future__ import annotations

from demo_year.book import CENTRE, DEPARTMENT, MAIN, YEAR, Book

_TEXTS = {
    "budget": (
        (
            "duties",
            "本文件为虚构演示。示例市医疗保障局系统负责拟订本市医疗保障政策并组织实施，管理医保基金，"
            "开展支付方式、医药价格和招标采购管理，承担参保、报销、结算等经办服务。",
        ),
        (
            "institutions",
            "系统由局本级和示例市医疗保障基金中心（虚构）两个预算单位组成，均为虚构；中心下设十个服务大厅。",
        ),
        (
            "goals",
            "完善待遇政策，健全基金监管机制，推进支付方式改革和信息化建设，提升经办服务水平，"
            "保障困难群众应保尽保。",
        ),
        (
            "performance",
            "系统内两家单位编制整体支出绩效目标，项目支出全部纳入绩效管理，年中开展监控，年末开展自评。",
        ),
        (
            "rounding",
            "数据按万元列示，经四舍五入，部分数据相加可能与合计略有尾差。全部数据均为虚构，仅供演示。",
        ),
    ),
    "accounts": (
        (
            "duties",
            "本文件为虚构演示。示例市医疗保障局系统负责拟订本市医疗保障政策并组织实施，管理医保基金，"
            "开展支付方式、医药价格和招标采购管理，承担参保、报销、结算等经办服务。",
        ),
        (
            "institutions",
            "纳入本次决算汇总的有局本级和示例市医疗保障基金中心（虚构）两个单位，单位之间的往来已经抵销。",
        ),
        (
            "three_public.abroad",
            "因公出国（境）费年初不安排预算，年中按审定的计划统一调配；全年一个团组赴外学习医保支付管理。",
        ),
        (
            "performance",
            "按预算绩效管理要求，对全部项目支出设定绩效目标，年中监控、年末自评，结果用于安排下一年度预算。",
        ),
        ("other", "本文件所有单位、人员、供应商和金额均为虚构，仅供演示，没有其他需要说明的事项。"),
        ("evaluation.tasks", "巩固参保，深化支付方式改革，加强基金监管，改造服务大厅（虚构）。"),
        (
            "evaluation.budgeting",
            "预算按项目和单位编制，绩效目标随预算申报；年中追加和调剂均经批准（虚构）。",
        ),
        ("evaluation.compliance", "支出经审批后办理；内部审计发现差旅附件不全一项，已补齐（虚构）。"),
        (
            "evaluation.supervision",
            "项目按季度通报进度，年中开展绩效运行监控，偏差逐项登记并跟踪到关闭（虚构）。",
        ),
        ("evaluation.custody", "资产每年盘点一次，账实相符，闲置设备按程序调剂（虚构）。"),
        ("evaluation.rules", "修订预算绩效、政府采购和合同管理三项内部制度（虚构）。"),
        ("evaluation.goals", "参保稳定，待遇及时，基金安全，服务便捷（虚构）。"),
        (
            "evaluation.deeds",
            "参保补助和医疗救助及时拨付，两批飞行检查如期开展，八个服务大厅投入使用（虚构）。",
        ),
        ("evaluation.experience", "年中监控的结果用于调整下半年进度，自评结果用于安排下一年预算（虚构）。"),
        (
            "evaluation.problems",
            "适老化改造有两个大厅推迟到下一年，预算准备金执行率低，定性指标偏多（虚构）。",
        ),
        ("evaluation.measures", "改造项目提前办理消防验收，准备金按需编列，下一年指标尽量量化（虚构）。"),
    ),
}

_REASONS = {
    "budget": (
        ("total", "居民参保补助随人数增加，经办和监管项目相应增加，并新增大厅适老化改造。"),
        ("three_public", "按处置更新计划安排购置一辆公务用车。"),
        ("three_public.reception", "落实过紧日子要求，压减接待费用。"),
        ("three_public.vehicle", "按处置更新计划安排购置一辆公务用车。"),
        ("three_public.vehicle_purchase", "一辆公务用车达到报废年限，安排更新。"),
        ("three_public.vehicle_running", "保险和维修费用上涨。"),
        ("operating_cost", "在职人员增加，安排更新一辆公务用车。"),
        (f"project.demo-p01.{MAIN}", "新增待遇政策评估课题。"),
        (f"project.demo-p02.{MAIN}", "飞行检查批次和审计范围扩大。"),
        (f"project.demo-p02.{CENTRE}", "智能审核覆盖的机构增加。"),
        (f"project.demo-p03.{MAIN}", "一次性建设内容上年已完成。"),
        (f"project.demo-p03.{CENTRE}", "终端集中更新上年已完成大部分。"),
        (f"project.demo-p04.{CENTRE}", "报销受理量增长，服务大厅增设窗口。"),
        (f"project.demo-p05.{MAIN}", "论证的价格项目减少。"),
        (f"project.demo-p05.{CENTRE}", "耗材交易平台运行内容增加。"),
        (f"project.demo-p06.{CENTRE}", "参保人数和补助标准提高。"),
        (f"project.demo-p07.{CENTRE}", "救助人次增加。"),
        (f"project.demo-p08.{CENTRE}", "低收入群体缴费标准提高。"),
        (f"project.demo-p09.{MAIN}", "中央提前下达额度减少。"),
        (f"project.demo-p09.{CENTRE}", "中央提前下达额度减少。"),
        (f"project.demo-p10.{CENTRE}", "驻点社工增加。"),
        (f"project.demo-p12.{CENTRE}", "不可预见事项减少。"),
        (f"project.demo-p13.{CENTRE}", "失能评估人次增加。"),
    ),
    "accounts": (
        ("revenue", "居民参保补助和医疗救助资金增加。"),
        ("general", "居民参保补助和医疗救助资金增加，经办业务量增长。"),
        ("three_public", "更新一辆公务用车，并按计划安排一个出国团组。"),
        ("three_public.abroad", "上年没有出国团组，本年按计划安排一个。"),
        ("three_public.vehicle", "更新一辆公务用车。"),
        ("three_public.vehicle_running", "保险和维修费用上涨，下半年增加一辆车。"),
        ("three_public.vehicle_purchase", "一辆公务用车报废后更新。"),
        ("three_public.reception", "落实过紧日子要求，接待批次减少。"),
        ("gov_fund", "低收入群体缴费标准提高。"),
        ("operating_cost", "在职人员增加，并更新一辆公务用车。"),
    ),
}


def write_words(book: Book) -> None:
    """Texts and reasons of both papers."""
    for kind, texts in _TEXTS.items():
        for order, (section, text) in enumerate(texts, 1):
            book.add("texts", unit=DEPARTMENT, year=YEAR, kind=kind, section=section, order=order, text=text)
    for kind, reasons in _REASONS.items():
        for subject, text in reasons:
            book.add("reasons", unit=DEPARTMENT, year=YEAR, kind=kind, subject=subject, text=text)
