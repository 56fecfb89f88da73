// Runs exported models in ONNX Runtime and holds what they give against what Backprop gave.
//
//   node tools/onnx/check.mjs FOLDER
//
// FOLDER holds .onnx files and cases.json: [{ file, runs: [{ input: { type, sizes, values }, output: { sizes, values } }] }].
// An output passes within 1e-5, of its size where that is above 1. Exit code 0 where all pass, 1 where one does not, 2 where the runtime is missing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const allowed = 1e-5;
const [folder] = process.argv.slice(2);
let ort;
try {
  const found = createRequire(import.meta.url).resolve("onnxruntime-web");
  ort = await import(pathToFileURL(found));
  ort = ort.default ?? ort;
} catch (error) {
  console.error(`onnxruntime-web is missing: npm install --ignore-scripts --no-package-lock --prefix tools/onnx (${error.message.split("\n")[0]})`);
  process.exit(2);
}
ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
let runs = 0, failed = 0, largest = 0;

function difference(actual, wanted) {
  if (actual.dims.join() !== wanted.sizes.join()) return `gives [${actual.dims}] in the place of [${wanted.sizes}]`;
  for (let i = 0; i < wanted.values.length; i++) {
    const away = Math.abs(actual.data[i] - wanted.values[i]) / Math.max(1, Math.abs(wanted.values[i]));
    if (!(away <= allowed)) return `number ${i} is ${actual.data[i]} in the place of ${wanted.values[i]}`;
    largest = Math.max(largest, away);
  }
  return null;
}

for (const one of cases) {
  try {
    const session = await ort.InferenceSession.create(readFileSync(join(folder, one.file)));
    for (const run of one.runs) {
      runs++;
      const values = run.input.type === "int64" ? BigInt64Array.from(run.input.values.map(BigInt)) : Float32Array.from(run.input.values);
      const outputs = await session.run({ [session.inputNames[0]]: new ort.Tensor(run.input.type, values, run.input.sizes) });
      const problem = difference(outputs[session.outputNames[0]], run.output);
      if (problem !== null) { failed++; console.log(`${one.file}: ${problem}`); }
    }
    await session.release();
  } catch (error) {
    failed++;
    console.log(`${one.file}: ${error.message ?? error}`);
  }
}
console.log(`${cases.length} models, ${runs} runs in ONNX Runtime, ${failed} failed, largest difference ${largest.toExponential(1)}`);
process.exit(failed === 0 && runs > 0 ? 0 : 1);
