// One upload or download by @huggingface/hub, unmodified; prints its seconds. The start of node is not in them.
//   node transfer.mjs upload|download HUB REPO PATH FILE        tokens and the folder of the package come by the environment
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";

const [, , what, hubUrl, name, path, file] = process.argv;
const hub = await import(pathToFileURL(join(process.env.CLIENTS, "node_modules/@huggingface/hub/dist/index.mjs")).href);
const at = { repo: { type: "model", name }, hubUrl, accessToken: process.env.HUB_TOKEN };
const started = process.hrtime.bigint();
if (what === "upload") {
	await hub.uploadFile({ ...at, file: { path, content: pathToFileURL(file) } });
} else {
	const blob = await hub.downloadFile({ ...at, path });
	await pipeline(Readable.fromWeb(blob.stream()), createWriteStream(file));
}
console.log(Number(process.hrtime.bigint() - started) / 1e9);
