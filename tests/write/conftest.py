import pytest

from minglu.write import write


@pytest.fixture(scope="session")
def written(toy) -> dict[str, bytes]:
    return write(toy)


@pytest.fixture(scope="module", params=("kettle", "tea"))
def tree(request) -> str:
    return request.param
