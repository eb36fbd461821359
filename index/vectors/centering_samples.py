"""Holds texts on general subjects whose vectors say what a language shares, whatever the vault."""

TOPICS = {
    "zh": "光合作用 蒸汽机 爵士乐 罗马帝国 疫苗 通货膨胀 国际象棋 火山 莎士比亚 互联网 咖啡"
    " 板块运动 民主选举 围棋 地铁 太阳能 书法 免疫系统 丝绸之路 数据库 马拉松"
    " 汇率 建筑设计 量子力学",
    "en": "photosynthesis|the steam engine|jazz|the Roman Empire|vaccines|inflation|chess|"
    "volcanoes|Shakespeare|the Internet|coffee|plate tectonics|elections|football|the subway|"
    "solar power|calligraphy|the immune system|the Silk Road|databases|marathons|exchange rates|"
    "architecture|quantum mechanics",
}
SHORT_QUESTIONS = {
    "zh": ("{}是什么？", "{}是怎么运作的？", "{}是谁在什么时候提出的？", "为什么{}很重要？",
           "{}这些年有什么变化？", "{}有哪些种类，各有什么区别？", "我该怎么开始了解{}？",
           "{}的费用大概是多少？"),
    "en": ("What is {}?", "How does {} work?", "Who came up with {}, and when?",
           "Why does {} matter?", "How did {} change over the years?",
           "Which kinds of {} are there, and how do they differ?", "How do I get started with {}?",
           "Roughly how much does {} cost?"),
}  # fmt: skip
LONG_QUESTIONS = {
    "zh": ("我记得有人写过{}，里面说的具体数字是多少，后来又怎么变的？",
           "关于{}，我的笔记里双方各自怎么说，最大的分歧在哪？",
           "那个讲{}的项目，默认设置是什么，想换成别的要改哪里、有什么代价？",
           "{}前后有过几个版本，分别是什么时候出的，每一版改了什么？",
           "有没有哪篇讲过{}为什么失败，最后是怎么解决的，花了多久？",
           "把我收藏的跟{}有关的几篇列一下，每篇一句话说说它的主要观点。",
           "{}跟别的做法比到底好在哪，有没有人不同意，理由是什么？",
           "照着{}的说明一步步做，第一步要装什么，出错了去哪里看日志？"),
    "en": ("I remember someone wrote about {}. What were the exact numbers, and how did they"
           " change later?",
           "On {}, what do the two sides in my notes each say, and where do they disagree most?",
           "For that project about {}, what is the default, what do I have to change to use"
           " something else, and at what cost?",
           "How many versions of {} were there, when did each come out, and what did each one"
           " change?",
           "Is there a note on why {} failed, how it was solved in the end and how long that took?",
           "List what I have saved about {}, with one line on the main point of each.",
           "What makes {} better than the alternatives, and does anyone disagree and why?",
           "Following the instructions for {}, what do I install first and where do I look when it"
           " fails?"),
}  # fmt: skip
STATEMENTS = {
    "zh": ("{}的历史可以追溯到很久以前，后来逐渐发展成今天的样子。",
           "关于{}，有几个要点需要注意。"),
    "en": ("{} has a long history and took its present form step by step.",
           "There are several points to note about {}."),
}  # fmt: skip
