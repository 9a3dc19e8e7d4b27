"""What people do with huggingface_hub and datasets, unmodified, against HF_ENDPOINT. `--list` names the scenarios."""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete, HfApi, HfFileSystem
from huggingface_hub.utils import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

ENDPOINT = os.environ["HF_ENDPOINT"]
ADA = HfApi(endpoint=ENDPOINT, token=os.environ["HUB_TOKEN"])
BOB = HfApi(endpoint=ENDPOINT, token=os.environ["HUB_OTHER_TOKEN"])
NOBODY = HfApi(endpoint=ENDPOINT, token=False)


def unique(name):
    return f"ada/{name}-{time.time_ns():x}"


def refuses(kind, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as error:
        return error
    raise AssertionError(f"{call.__name__} should have raised {kind.__name__}")


def whoami():
    me = ADA.whoami()
    assert me["name"] == "ada" and any(org["name"] == "lab" for org in me["orgs"]), me


def life_of_an_entry():
    for kind in ("model", "dataset", "space"):
        name = unique("life")
        extra = {"space_sdk": "static"} if kind == "space" else {}
        url = ADA.create_repo(name, repo_type=kind, **extra)
        assert url.repo_id == name, url
        assert ADA.create_repo(name, repo_type=kind, exist_ok=True, **extra).repo_id == name
        refuses(HfHubHTTPError, ADA.create_repo, name, repo_type=kind, **extra)
        assert ADA.repo_exists(name, repo_type=kind)
        moved = name + "-moved"
        ADA.move_repo(name, moved, repo_type=kind)
        assert ADA.repo_info(name, repo_type=kind).id == moved
        ADA.update_repo_settings(moved, repo_type=kind, private=True)
        assert not NOBODY.repo_exists(moved, repo_type=kind)
        assert not BOB.repo_exists(moved, repo_type=kind)
        ADA.delete_repo(moved, repo_type=kind)
        assert not ADA.repo_exists(moved, repo_type=kind)
        ADA.delete_repo(moved, repo_type=kind, missing_ok=True)


def folder_up_and_down():
    name = unique("folder")
    ADA.create_repo(name)
    with tempfile.TemporaryDirectory() as up, tempfile.TemporaryDirectory() as down:
        content = {
            "README.md": b"---\nlicense: mit\n---\n# A folder\n",
            "config.json": b'{"a": 1}',
            "sub/weights.bin": os.urandom(12 << 20),
            "sub/tiny.bin": b"\x00\x01",
            "empty.txt": b"",
        }
        for path, data in content.items():
            file = Path(up, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        info = ADA.upload_folder(repo_id=name, folder_path=up)
        assert info is not None
        local = ADA.snapshot_download(name, local_dir=down)
        for path, data in content.items():
            assert Path(local, path).read_bytes() == data, path
        before = ADA.repo_info(name).sha
        ADA.upload_folder(repo_id=name, folder_path=up)
        assert ADA.repo_info(name).sha == before, "uploading the same again changes nothing"


def commits():
    name = unique("commits")
    ADA.create_repo(name)
    first = ADA.create_commit(name, [CommitOperationAdd("a.txt", b"one"), CommitOperationAdd("b.bin", b"\x00" * 100)], commit_message="Add")
    ADA.create_commit(name, [CommitOperationDelete("a.txt"), CommitOperationCopy("b.bin", "c.bin")], commit_message="Change")
    assert sorted(ADA.list_repo_files(name)) == [".gitattributes", "b.bin", "c.bin"]
    stale = refuses(HfHubHTTPError, ADA.create_commit, name, [CommitOperationAdd("d.txt", b"x")], commit_message="late", parent_commit=first.oid)
    assert stale.response.status_code == 412
    refuses(EntryNotFoundError, ADA.delete_file, "none.txt", name)
    listed = ADA.list_repo_commits(name)
    assert [c.title for c in listed][:2] == ["Change", "Add"]
    ADA.create_branch(name, branch="side/one", revision=first.oid)
    ADA.create_tag(name, tag="v1", revision=first.oid, tag_message="first")
    refs = ADA.list_repo_refs(name)
    assert {b.name for b in refs.branches} == {"main", "side/one"} and [t.name for t in refs.tags] == ["v1"]
    assert ADA.file_exists(name, "a.txt", revision="v1") and not ADA.file_exists(name, "a.txt")
    assert ADA.revision_exists(name, "v1") and not ADA.revision_exists(name, "v2")
    ADA.delete_branch(name, branch="side/one")
    ADA.delete_tag(name, tag="v1")
    ADA.super_squash_history(name)
    assert len(ADA.list_repo_commits(name)) == 1


def reading():
    name = unique("reading")
    ADA.create_repo(name)
    ADA.upload_file(path_or_fileobj=io.BytesIO(b"x" * 1000), path_in_repo="dir/a.txt", repo_id=name)
    tree = list(ADA.list_repo_tree(name, recursive=True, expand=True))
    assert [t.path for t in tree] == [".gitattributes", "dir", "dir/a.txt"], tree
    assert tree[2].last_commit.oid == ADA.model_info(name).sha
    infos = ADA.get_paths_info(name, ["dir/a.txt", "nothing", "dir"])
    assert sorted(i.path for i in infos) == ["dir", "dir/a.txt"]
    meta = ADA.get_hf_file_metadata(url=f"{ENDPOINT}/{name}/resolve/main/dir/a.txt")
    assert meta.size == 1000 and meta.commit_hash == ADA.model_info(name).sha
    refuses(EntryNotFoundError, ADA.hf_hub_download, name, "none.txt")
    refuses(RevisionNotFoundError, ADA.hf_hub_download, name, "dir/a.txt", revision="none")
    refuses(RepositoryNotFoundError, ADA.hf_hub_download, "ada/there-is-no-such", "a")
    refuses(RepositoryNotFoundError, NOBODY.model_info, "ada/there-is-no-such")
    info = ADA.model_info(name, files_metadata=True)
    assert {s.rfilename: s.size for s in info.siblings}["dir/a.txt"] == 1000
    fs = HfFileSystem(endpoint=ENDPOINT, token=os.environ["HUB_TOKEN"])
    assert fs.read_text(f"{name}/dir/a.txt") == "x" * 1000
    with fs.open(f"{name}/dir/b.txt", "w") as out:
        out.write("written")
    assert sorted(Path(p).name for p in fs.ls(f"{name}/dir", detail=False)) == ["a.txt", "b.txt"]


def listing():
    name = unique("listing")
    ADA.create_repo(name)
    card = b"---\nlicense: apache-2.0\npipeline_tag: text-generation\nlibrary_name: transformers\ntags:\n- from-python\n---\n# Listed\n"
    ADA.upload_file(path_or_fileobj=card, path_in_repo="README.md", repo_id=name)
    for _ in range(100):
        found = [m for m in ADA.list_models(author="ada", filter="from-python", full=True) if m.id == name]
        if found:
            break
        time.sleep(0.1)
    assert found and "license:apache-2.0" in found[0].tags, found
    assert found[0].pipeline_tag == "text-generation" and found[0].library_name == "transformers"
    assert ADA.model_info(name).card_data.license == "apache-2.0"
    assert name in [m.id for m in ADA.list_models(search=name.split("/")[1])]
    assert name not in [m.id for m in ADA.list_models(author="lab")]


def gates():
    name = unique("gated")
    ADA.create_repo(name)
    ADA.upload_file(path_or_fileobj=b"behind the gate", path_in_repo="a.txt", repo_id=name)
    ADA.update_repo_settings(name, gated="manual")
    refuses(GatedRepoError, BOB.hf_hub_download, name, "a.txt")
    refuses(GatedRepoError, BOB.auth_check, name)
    ADA.grant_access(name, "bob")
    assert [r.username for r in ADA.list_accepted_access_requests(name)] == ["bob"]
    with tempfile.TemporaryDirectory() as cache:
        assert Path(BOB.hf_hub_download(name, "a.txt", cache_dir=cache)).read_bytes() == b"behind the gate"
    ADA.reject_access_request(name, "bob", rejection_reason="no longer")
    refuses(GatedRepoError, BOB.auth_check, name)
    assert [r.username for r in ADA.list_rejected_access_requests(name)] == ["bob"]


def community():
    name = unique("talk")
    ADA.create_repo(name)
    ADA.upload_file(path_or_fileobj=b"one", path_in_repo="a.txt", repo_id=name)
    talk = BOB.create_discussion(name, title="A question", description="Why?")
    ADA.comment_discussion(name, talk.num, comment="Because.")
    ADA.rename_discussion(name, talk.num, new_title="An answer")
    ADA.change_discussion_status(name, talk.num, new_status="closed")
    details = ADA.get_discussion_details(name, talk.num)
    assert details.status == "closed" and details.title == "An answer", details
    proposal = BOB.create_commit(name, [CommitOperationAdd("a.txt", b"two")], commit_message="Better", create_pr=True)
    assert proposal.pr_revision == "refs/pr/2", proposal
    details = ADA.get_discussion_details(name, proposal.pr_num)
    assert details.is_pull_request and details.diff and "two" in details.diff
    ADA.merge_pull_request(name, proposal.pr_num)
    with tempfile.TemporaryDirectory() as cache:
        assert Path(ADA.hf_hub_download(name, "a.txt", cache_dir=cache)).read_bytes() == b"two"
    assert {d.num for d in ADA.get_repo_discussions(name)} == {1, 2}


def datasets_push_and_load():
    import datasets

    name = unique("rows")
    rows = datasets.Dataset.from_dict({"text": [f"row {i}" for i in range(1000)], "n": list(range(1000))})
    rows.push_to_hub(name, token=os.environ["HUB_TOKEN"])
    with tempfile.TemporaryDirectory() as cache:
        back = datasets.load_dataset(name, split="train", token=os.environ["HUB_TOKEN"], cache_dir=cache)
        assert back["text"][:] == rows["text"][:] and back["n"][:] == rows["n"][:]


SCENARIOS = {f.__name__.replace("_", " "): f for f in (
    whoami, life_of_an_entry, folder_up_and_down, commits, reading, listing, gates, community, datasets_push_and_load)}

if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print("\n".join(SCENARIOS))
    else:
        SCENARIOS[sys.argv[1]]()
        print("done:", sys.argv[1])
