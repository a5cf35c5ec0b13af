/** The typesetter's own thread: compiling is synchronous and would hold up every request of the server otherwise. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type CompileDocArgs, NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { TypesetAnswer, TypesetRequest, TypesetSetup } from './typeset.ts';

const { fonts, folder } = workerData as TypesetSetup;
const compiler = NodeCompiler.create({
  fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(fileURLToPath(font))) }],
  workspace: fileURLToPath(folder),
});

/** Lets a template be asked how many pages it made. */
const PAGE_COUNT = '\n#context [#metadata(counter(page).final().first()) <pages>]';

/**
 * Finds the first attempt that makes the wanted number of pages: the first one, else by halves, as attempts take less
 * and less room. The pages are asked for by a query and not by compiling to a document: such a document holds memory
 * that V8 does not see and gives it back late.
 */
function set({ source, data, attempts, pages }: TypesetRequest): { pdf: Uint8Array<ArrayBuffer>; attempt: number } {
  const mains = attempts.map(({ data: version, inputs }) => ({
    mainFileContent: source + PAGE_COUNT,
    inputs: { ...inputs, data: data[version] ?? '' },
  }));
  const fits = (attempt: number) => pagesOf(mains[attempt]!) === pages;
  let first = 0;
  if (!fits(0)) {
    let last = attempts.length - 1;
    first = 1;
    while (first < last) {
      const middle = (first + last) >> 1;
      if (fits(middle)) last = middle;
      else first = middle + 1;
    }
    if (first !== last || !fits(first)) throw new Error(`No attempt made ${pages} ${pages === 1 ? 'page' : 'pages'}.`);
  }
  // A copy: the buffer of the compiler lies outside the heap of this thread and cannot be handed over.
  return { pdf: new Uint8Array(compiler.pdf(mains[first]!)), attempt: first };
}

function pagesOf(main: CompileDocArgs): unknown {
  try {
    const answers: unknown = compiler.query(main, { selector: '<pages>', field: 'value' });
    return Array.isArray(answers) ? answers[0] : null;
  } catch {
    const error = compiler.compile(main).takeError();
    const findings = error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no reason given';
    throw new Error(`The template does not compile: ${findings}`);
  }
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
