"""What is read of a key that is missing or broken: in both languages, for which one is wanted is not known yet."""


def key_missing(path: object) -> str:
    """There is no such file."""
    return (
        f"{path}: 钥匙不见了。新装的运行 `yashu init` 就会生成；用过的要放回原来的钥匙。"
        " · the key is missing. `yashu init` makes it; an existing installation needs its old one."
    )


def key_broken(path: object, digits: int) -> str:
    """Something else stands in it."""
    return f"{path}: 这里应当是 {digits} 位十六进制数字。 · {digits} hexadecimal digits are expected here."
