// What people do with @huggingface/hub, unmodified, against the server in HUB_URL. `node hub.mjs --list` names the scenarios,
// `node hub.mjs NAME` runs one and fails loudly. Tokens: HUB_TOKEN writes, HUB_READ_TOKEN reads, HUB_OTHER_TOKEN is somebody else's.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import * as hub from "@huggingface/hub";

const hubUrl = process.env.HUB_URL;
const accessToken = process.env.HUB_TOKEN;
const mine = { hubUrl, accessToken };
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const unique = (name) => `ada/${name}-${Date.now().toString(36)}`;

async function files(folder) {
	const found = [];
	for (const item of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, item.name);
		if (item.isDirectory()) found.push(...(await files(path)));
		else found.push(path);
	}
	return found.sort();
}

async function text(response) {
	return await response.text();
}

async function collect(iterator, limit = 1000) {
	const items = [];
	for await (const item of iterator) {
		items.push(item);
		if (items.length >= limit) break;
	}
	return items;
}

async function model(name, operations = {}) {
	const repo = { type: "model", name: unique(name) };
	await hub.createRepo({ repo, ...mine });
	for (const [path, content] of Object.entries(operations)) {
		await hub.uploadFile({ repo, file: { path, content: new Blob([content]) }, ...mine });
	}
	return repo;
}

async function fails(promise, status) {
	await assert.rejects(promise, (error) => {
		assert.equal(error.statusCode, status, `${error}`);
		assert.ok(error.message.length > 5, "an error says what is wrong");
		return true;
	});
}

const scenarios = {
	async "who am I"() {
		const me = await hub.whoAmI(mine);
		assert.equal(me.type, "user");
		assert.equal(me.name, "ada");
		assert.equal(me.auth.accessToken.role, "write");
		assert.ok(me.orgs.some((org) => org.name === "lab"));
		await fails(hub.whoAmI({ hubUrl, accessToken: "hf_notatoken" }), 401);
	},

	async "create, exists, delete"() {
		for (const type of ["model", "dataset", "space"]) {
			const repo = { type, name: unique("life") };
			assert.equal(await hub.repoExists({ repo, ...mine }), false);
			const made = await hub.createRepo({ repo, ...(type === "space" ? { sdk: "static" } : {}), ...mine });
			assert.ok(made.repoUrl.startsWith(hubUrl), made.repoUrl);
			assert.equal(await hub.repoExists({ repo, ...mine }), true);
			await fails(hub.createRepo({ repo, ...(type === "space" ? { sdk: "static" } : {}), ...mine }), 409);
			await hub.deleteRepo({ repo, ...mine });
			assert.equal(await hub.repoExists({ repo, ...mine }), false);
		}
	},

	async "a folder goes up and comes down byte for byte"() {
		const source = "node_modules/vega-datasets/data";
		const repo = { type: "dataset", name: unique("vega") };
		await hub.createRepo({ repo, ...mine });
		await hub.uploadFiles({ repo, files: [pathToFileURL(source)], commitTitle: "Add the data", ...mine });
		const local = await files(source);
		const remote = (await collect(hub.listFiles({ repo, recursive: true, ...mine }))).filter((f) => f.type === "file");
		for (const path of local) {
			const name = relative(join(source, ".."), path);
			const short = relative(source, path);
			const found = remote.find((f) => f.path === name || f.path === short);
			assert.ok(found, `${name} is listed`);
			assert.equal(found.size, (await stat(path)).size, name);
			const response = await hub.downloadFile({ repo, path: found.path, ...mine });
			assert.equal(sha256(Buffer.from(await response.arrayBuffer())), sha256(await readFile(path)), name);
		}
	},

	async "a model with real content, by progress events"() {
		const source = "node_modules/wink-eng-lite-web-model";
		const repo = { type: "model", name: unique("wink") };
		await hub.createRepo({ repo, license: "mit", ...mine });
		let last;
		for await (const event of hub.uploadFilesWithProgress({ repo, files: [pathToFileURL(source)], ...mine })) last = event;
		assert.ok(last);
		const cache = await mkdtemp(join(tmpdir(), "snapshot-"));
		const snapshot = await hub.snapshotDownload({ repo, cacheDir: cache, ...mine });
		const got = (await files(snapshot)).map((f) => relative(snapshot, f));
		const want = (await files(source)).map((f) => relative(source, f));
		for (const name of want) {
			const at = got.find((g) => g === join("wink-eng-lite-web-model", name));
			assert.ok(at, `${name} came back`);
			assert.equal(sha256(await readFile(join(snapshot, at))), sha256(await readFile(join(source, name))), name);
		}
	},

	async "a large file goes by parts and comes back whole"() {
		const repo = await model("large");
		const bytes = Buffer.alloc(40 << 20);
		for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE((i * 2654435761) >>> 0, i);
		await hub.uploadFile({ repo, file: { path: "weights/model.bin", content: new Blob([bytes]) }, ...mine });
		const [info] = await hub.pathsInfo({ repo, paths: ["weights/model.bin"], ...mine });
		assert.equal(info.lfs.oid, sha256(bytes));
		assert.equal(info.size, bytes.length);
		const whole = await hub.downloadFile({ repo, path: "weights/model.bin", ...mine });
		assert.equal(sha256(Buffer.from(await whole.arrayBuffer())), sha256(bytes));
		const part = await hub.downloadFile({ repo, path: "weights/model.bin", ...mine });
		const slice = Buffer.from(await part.slice(1000, 5000).arrayBuffer());
		assert.equal(sha256(slice), sha256(bytes.subarray(1000, 5000)));
	},

	async "file information"() {
		const repo = await model("info", { "a.txt": "hello", "dir/b.json": "{}" });
		assert.equal(await hub.fileExists({ repo, path: "a.txt", ...mine }), true);
		assert.equal(await hub.fileExists({ repo, path: "none.txt", ...mine }), false);
		const info = await hub.fileDownloadInfo({ repo, path: "a.txt", ...mine });
		assert.equal(info.size, 5);
		assert.ok(info.etag);
		assert.equal(await hub.downloadFile({ repo, path: "none.txt", ...mine }), null);
		const shallow = await collect(hub.listFiles({ repo, ...mine }));
		assert.deepEqual(shallow.map((f) => [f.path, f.type]).sort(), [[".gitattributes", "file"], ["a.txt", "file"], ["dir", "directory"]]);
		const expanded = await collect(hub.listFiles({ repo, recursive: true, expand: true, ...mine }));
		assert.ok(expanded.find((f) => f.path === "dir/b.json").lastCommit.id.match(/^[0-9a-f]{40}$/));
		const paths = await hub.pathsInfo({ repo, paths: ["a.txt", "none.txt", "dir"], expand: true, ...mine });
		assert.deepEqual(paths.map((p) => p.path).sort(), ["a.txt", "dir"]);
		const cache = await mkdtemp(join(tmpdir(), "cache-"));
		const path = await hub.downloadFileToCacheDir({ repo, path: "a.txt", cacheDir: cache, ...mine });
		assert.equal(await readFile(path, "utf8"), "hello");
	},

	async "history, branches, stale parents"() {
		const repo = await model("history", { "a.txt": "one" });
		const before = await collect(hub.listCommits({ repo, ...mine }));
		assert.equal(before.length, 2);
		assert.equal(await hub.countCommits({ repo, ...mine }), 2);
		const made = await hub.commit({
			repo, ...mine, title: "Change and delete", description: "both",
			parentCommit: before[0].oid,
			operations: [
				{ operation: "addOrUpdate", path: "b.txt", content: new Blob(["two"]) },
				{ operation: "delete", path: "a.txt" },
			],
		});
		assert.match(made.commit.oid, /^[0-9a-f]{40}$/);
		assert.ok(made.commit.url.includes("/commit/"));
		await fails(hub.commit({ repo, ...mine, title: "late", parentCommit: before[0].oid,
			operations: [{ operation: "addOrUpdate", path: "c.txt", content: new Blob(["x"]) }] }), 412);
		await hub.createBranch({ repo, branch: "try/this", revision: before[0].oid, ...mine });
		assert.equal(await text(await hub.downloadFile({ repo, path: "a.txt", revision: "try/this", ...mine })), "one");
		await fails(hub.createBranch({ repo, branch: "try/this", ...mine }), 409);
		await hub.createBranch({ repo, branch: "empty", empty: true, ...mine });
		await hub.deleteBranch({ repo, branch: "try/this", ...mine });
		await hub.deleteFile({ repo, path: "b.txt", ...mine });
		const left = await collect(hub.listFiles({ repo, recursive: true, ...mine }));
		assert.deepEqual(left.map((f) => f.path), [".gitattributes"]);
		await hub.uploadFiles({ repo, files: [{ path: "x/1", content: new Blob(["1"]) }, { path: "x/2", content: new Blob(["2"]) }], ...mine });
		await hub.deleteFiles({ repo, paths: ["x/1", "x/2"], ...mine });
		await fails(collect(hub.listCommits({ repo, revision: "no-such-branch", ...mine })), 404);
	},

	async "a pull request made by a commit"() {
		const repo = await model("proposal", { "a.txt": "one" });
		const made = await hub.commit({ repo, ...mine, title: "Propose", isPullRequest: true,
			operations: [{ operation: "addOrUpdate", path: "a.txt", content: new Blob(["two"]) }] });
		assert.ok(made.pullRequestUrl.startsWith(hubUrl), made.pullRequestUrl);
		assert.equal(await text(await hub.downloadFile({ repo, path: "a.txt", ...mine })), "one");
		assert.equal(await text(await hub.downloadFile({ repo, path: "a.txt", revision: "refs/pr/1", ...mine })), "two");
	},

	async "what there is, listed and found"() {
		const card = "---\nlicense: apache-2.0\nlibrary_name: transformers\npipeline_tag: text-generation\ntags:\n- listed-here\n---\n# Listed\n";
		const repo = await model("listed", { "README.md": card });
		let found = [];
		// The card is read by a job after the commit: ask until it has been.
		for (let i = 0; i < 100 && found.length === 0; i++) {
			found = (await collect(hub.listModels({ search: { owner: "ada", tags: ["listed-here"] }, additionalFields: ["tags", "cardData"], ...mine }))).filter((m) => m.name === repo.name);
			if (found.length === 0) await new Promise((again) => setTimeout(again, 100));
		}
		assert.equal(found.length, 1);
		assert.ok(found[0].tags.includes("license:apache-2.0"));
		const info = await hub.modelInfo({ name: repo.name, additionalFields: ["sha", "author"], ...mine });
		assert.equal(info.name, repo.name);
		assert.match(info.sha, /^[0-9a-f]{40}$/);
		const dataset = { type: "dataset", name: unique("set") };
		await hub.createRepo({ repo: dataset, ...mine });
		assert.equal((await hub.datasetInfo({ name: dataset.name, ...mine })).name, dataset.name);
		assert.ok((await collect(hub.listDatasets({ search: { owner: "ada" }, ...mine }))).some((d) => d.name === dataset.name));
		const space = { type: "space", name: unique("code") };
		await hub.createRepo({ repo: space, sdk: "static", ...mine });
		assert.equal((await hub.spaceInfo({ name: space.name, ...mine })).name, space.name);
		assert.ok((await collect(hub.listSpaces({ search: { owner: "ada" }, ...mine }))).some((s) => s.name === space.name));
	},

	async "what is private stays so"() {
		const repo = { type: "model", name: unique("secret") };
		await hub.createRepo({ repo, private: true, ...mine });
		await hub.uploadFile({ repo, file: { path: "a.txt", content: new Blob(["secret"]) }, ...mine });
		const others = { hubUrl, accessToken: process.env.HUB_OTHER_TOKEN };
		assert.equal(await hub.repoExists({ repo, ...others }), false);
		assert.equal(await hub.repoExists({ repo, hubUrl }), false);
		await fails(hub.checkRepoAccess({ repo, ...others }), 404);
		await fails(hub.checkRepoAccess({ repo, hubUrl }), 401);
		await hub.checkRepoAccess({ repo, ...mine });
		assert.ok(!(await collect(hub.listModels({ search: { owner: "ada" }, ...others }))).some((m) => m.name === repo.name));
		const reading = { hubUrl, accessToken: process.env.HUB_READ_TOKEN };
		assert.equal(await text(await hub.downloadFile({ repo, path: "a.txt", ...reading })), "secret");
		await fails(hub.uploadFile({ repo, file: { path: "b.txt", content: new Blob(["x"]) }, ...reading }), 403);
	},

	async "safetensors are read by ranges"() {
		const header = Buffer.from(JSON.stringify({ weight: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] } }));
		const length = Buffer.alloc(8);
		length.writeBigUInt64LE(BigInt(header.length));
		const repo = await model("tensors");
		await hub.uploadFile({ repo, file: { path: "model.safetensors", content: new Blob([length, header, Buffer.alloc(16)]) }, ...mine });
		const metadata = await hub.parseSafetensorsMetadata({ repo, computeParametersCount: true, ...mine });
		assert.equal(metadata.sharded, false);
		assert.deepEqual(metadata.parameterCount, { F32: 4 });
	},

	async "odd names survive"() {
		const names = ["with space.txt", "ünïcode/日本語.txt", "percent%20.txt", "plus+and&.txt", "hash#tag?.txt"];
		const repo = await model("names");
		await hub.uploadFiles({ repo, files: names.map((path) => ({ path, content: new Blob([path]) })), ...mine });
		const listed = (await collect(hub.listFiles({ repo, recursive: true, ...mine }))).map((f) => f.path);
		for (const path of names) {
			assert.ok(listed.includes(path), path);
			// downloadFile does not encode what it puts into the address, so the address is made here.
			const encoded = path.split("/").map(encodeURIComponent).join("/");
			assert.equal(await text(await fetch(`${hubUrl}/${repo.name}/resolve/main/${encoded}`)), path);
		}
		await fails(hub.uploadFile({ repo, file: { path: "a/../../b", content: new Blob(["x"]) }, ...mine }), 400);
		await fails(hub.uploadFile({ repo, file: { path: ".git/config", content: new Blob(["x"]) }, ...mine }), 400);
	},
};

const name = process.argv[2];
if (name === "--list") {
	console.log(Object.keys(scenarios).join("\n"));
} else {
	await scenarios[name]();
	console.log(`done: ${name}`);
}
