"""The levels of the grid by their depth: 1 区, 2 镇街, 3 村社区, 4 小组, 5 楼栋. Those that rules speak of."""

COMMUNITY = 3
GROUP = 4
BUILDING = 5
