/** The typesetter's own thread: compiling is synchronous and would hold up every request of the server otherwise. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { TypesetAnswer, TypesetRequest, TypesetSetup } from './typeset.ts';

const { fonts, folder } = workerData as TypesetSetup;
const compiler = NodeCompiler.create({
  fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(fileURLToPath(font))) }],
  workspace: fileURLToPath(folder),
});

/** Lets a template be asked how many pages it made. */
const PAGE_COUNT = '\n#context [#metadata(counter(page).final().first()) <pages>]';

/**
 * Compiles attempt after attempt until one has the wanted number of pages. The pages are asked for by a query and not
 * by compiling to a document: such a document holds memory that V8 does not see and gives it back late.
 */
function set({ source, data, attempts, pages }: TypesetRequest): { pdf: Uint8Array<ArrayBuffer>; attempt: number } {
  for (const [attempt, { data: version, inputs }] of attempts.entries()) {
    const main = { mainFileContent: source + PAGE_COUNT, inputs: { ...inputs, data: data[version] ?? '' } };
    let made: unknown;
    try {
      [made] = compiler.query(main, { selector: '<pages>', field: 'value' });
    } catch {
      const error = compiler.compile(main).takeError();
      const findings = error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no reason given';
      throw new Error(`The template does not compile: ${findings}`);
    }
    // A copy: the buffer of the compiler lies outside the heap of this thread and cannot be handed over.
    if (made === pages) return { pdf: new Uint8Array(compiler.pdf(main)), attempt };
  }
  throw new Error(`None of ${attempts.length} attempts made ${pages} ${pages === 1 ? 'page' : 'pages'}.`);
}

parentPort?.on('message', (request: TypesetRequest) => {
  try {
    const { pdf, attempt } = set(request);
    parentPort?.postMessage({ id: request.id, pdf, attempt } satisfies TypesetAnswer, [pdf.buffer]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ id: request.id, error: message } satisfies TypesetAnswer);
  } finally {
    // The compiler remembers everything it ever laid out, for all documents together; nothing of one helps the next.
    compiler.evictCache(0);
  }
});
