"""Tells whether two clauses say a thing and its opposite: negation, words for ends of a scale."""

# ruff: noqa: E501 -- words and patterns are read best as they belong together

import re
from collections.abc import Collection, Iterable
from functools import cache

from search.query.english import base_forms

_SCALES = """
    rise increase grow gain climb raise improve up 上升 上涨 增长 增加 提高 提升 上调 扩大 涨 涨到 升 升到 升至 增 增至 增到 变多 回升 改善
    | fall decrease decline drop shrink reduce cut sink 下降 下跌 减少 降低 下调 缩小 跌 跌到 跌至 降 降到 降至 减 减到 减至 变少 回落 恶化
    above over exceed beyond 超过 高于 多于 大于 超出 以上 | below under beneath 低于 少于 小于 不足 不到 以下
    more | less fewer
    faster quicker fast quick 快 更快 加快 快速 快于 | slower slow 慢 更慢 减慢 缓慢 慢于
    longer long 长 更长 延长 长于 | shorter short shorten 短 更短 缩短 短于
    larger bigger large big 大 更大 大于 最大 | smaller small 小 更小 小于 最小
    older elder senior 年长 年老 大 | younger junior 年轻 年幼 小
    heavier heavy 重 更重 | lighter 轻 更轻
    dearer expensive costly 贵 更贵 昂贵 | cheaper cheap 便宜 更便宜 廉价
    stronger strong 强 更强 增强 强于 | weaker weak weaken 弱 更弱 减弱 弱于
    better 好 更好 优于 好于 | worse 差 更差 坏 劣于 差于 不如
    hotter warmer hot warm 热 更热 暖 | colder cooler cold cool 冷 更冷 凉
    high higher highest 高 更高 最高 | low lower lowest 低 更低 最低
    hard difficult 难 困难 更难 | easy simple 容易 简单 更容易
    earlier early 早 更早 提前 早于 | later late 晚 更晚 推迟 延迟 晚于
    before 之前 以前 前 | after 之后 以后 后
    first 首先 第一 首次 | last 最后 末次
    open 开放 营业 打开 | close shut 关闭 闭馆 停业 关门 关上
    allow permit 允许 准许 可以 | forbid forbidden forbade ban banned prohibit 禁止 不准 严禁
    accept approve agree adopt 接受 同意 批准 通过 采纳 | reject refuse decline deny 拒绝 否决 驳回 否认
    win beat defeat 赢 战胜 击败 打败 胜 获胜 | lose 输 输给 负于 败给 败 战败
    start begin launch 开始 启动 开工 | stop end finish cease 停止 结束 终止 完工
    buy purchase 买 购买 买入 | sell 卖 出售 卖出 销售
    import 进口 | export 出口
    north northern 北 北部 北边 以北 | south southern 南 南部 南边 以南
    east eastern 东 东部 东边 以东 | west western 西 西部 西边 以西
    left 左 左边 左侧 | right 右 右边 右侧
    inside indoors indoor 里面 室内 | outside outdoors outdoor 外面 室外 户外
    all every everyone everybody entire 全部 所有 全体 一切 每个 | some several partly part 部分 有些 某些 一些 少数
    always constantly 总是 一直 始终 | sometimes occasionally rarely seldom 有时 偶尔 很少
    succeed success successful 成功 | fail failure unsuccessful 失败 未果
    enable 启用 开启 | disable 停用 禁用
    add 添加 加入 加上 | remove delete 删除 移除 去掉
    include 包括 包含 含 | exclude 排除 除外
    most maximum 最多 最大 | least minimum 最少 最小
    support favour favor 支持 赞成 | oppose against 反对
    like love prefer 喜欢 偏爱 | dislike hate 讨厌 不喜欢
    public 公开 公有 | private secret 私有 私人 秘密 保密
    free 免费 | paid 收费 付费
    internal 内部 | external 外部
    same identical equal 相同 一样 相等 | different 不同 不一样 不等
    legal lawful 合法 | illegal unlawful 非法 违法
    safe 安全 | dangerous unsafe 危险
    wet humid 潮湿 湿 | dry 干燥 干
    near 近 靠近 | far distant 远 遥远
    upper top 上面 顶部 上层 | lower bottom 下面 底部 下层
    positive 阳性 正面 积极 | negative 阴性 负面 消极
    double triple 翻番 | halve half 减半
    enter arrive join 进入 加入 到达 | leave depart quit 离开 退出 辞职
    remember 记得 | forget 忘记
    hire 雇用 聘用 | fire dismiss 解雇 开除
    loud noisy 吵 响 | quiet silent 安静 静音
    borrow 借入 | lend 借出
    profit 盈利 | loss 亏损
    male 男 男性 | female 女 女性
    optional 可选 自愿 | mandatory compulsory required 必须 强制 必需
"""


@cache
def _ends() -> dict[str, frozenset[tuple[int, int]]]:
    """Which end (0 or 1) of which scales a word stands for."""
    found: dict[str, set[tuple[int, int]]] = {}
    lines = re.sub(r"\n\s*\|", " |", _SCALES).strip().split("\n")
    for scale, line in enumerate(lines):
        for end, words in enumerate(line.split("|")):
            for word in words.split():
                found.setdefault(word, set()).add((scale, end))
    return {word: frozenset(ends) for word, ends in found.items()}


_NOT_ENGLISH = re.compile(
    r"\b(?:not(?! only\b)|no(?! (?:doubt|\d))|never|neither|nor|none|nobody|nothing|nowhere|without"
    r"|cannot|unable|impossible|unlikely|lacks?|lacked|lacking|hardly|[a-z]+n['’]t|unchanged|nonexistent)\b"
)
_NO_DENIAL = frozenset(
    [
        "不同",
        "不断",
        "不仅",
        "不但",
        "不只",
        "不光",
        "不管",
        "不论",
        "不少",
        "不久",
        "不过",
        "不错",
        "不妨",
        "不禁",
        "不愧",
        "不惜",
        "不料",
        "不时",
        "不由得",
        "不得不",
        "不足",
        "不到",
        "不如",
        "不等",
        "不一",
        "不一样",
        "不满",
        "无论",
        "无数",
        "无线",
        "无比",
        "无疑",
        "非常",
        "非洲",
        "非法",
        "未来",
        "未必",
        "别人",
        "别的",
        "别墅",
        "别名",
        "没收",
        "非得",
        "莫非",
        "莫过于",
        "不锈钢",
        "不动产",
        "无人机",
        "差不多",
        "要不",
        "对不起",
        "了不起",
        "不准",
        "不喜欢",
        "未果",
    ]
)
_DENIES = re.compile(
    r"\A(?:[不没未无勿莫别].*|非|并非|从不|从未|绝不|毫不|尚未|毫无|决不|永不|缺乏|缺少|禁不住|并不|并未|又不|都不|也不|而不|从没|还没|不变)\Z"
)


def denials(folded: str, tokens: Collection[str]) -> int:
    """How often a clause says no."""
    chinese = (token for token in tokens if _DENIES.match(token) and token not in _NO_DENIAL)
    return len(_NOT_ENGLISH.findall(folded)) + sum(1 for _ in chinese)


def ends(tokens: Iterable[str]) -> dict[int, set[int]]:
    """The ends of each scale that a clause's words name."""
    known = _ends()
    found: dict[int, set[int]] = {}
    for token in tokens:
        forms = base_forms(token) if token.isascii() else (token,)
        hits = next((known[form] for form in forms if form in known), ())
        for scale, end in hits:
            found.setdefault(scale, set()).add(end)
    return found


def scale_words() -> Collection[str]:
    """All words that name an end."""
    return _ends().keys()


def flips(claim: dict[int, set[int]], quote: dict[int, set[int]]) -> int:
    """On how many scales the one names only the other end of what the other names."""
    both = claim.keys() & quote.keys()
    # Words at two scales are told apart by their fellows: what agrees on one is not turned on two.
    return int(any(claim[each].isdisjoint(quote[each]) for each in both))
