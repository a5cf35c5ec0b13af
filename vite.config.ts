// Builds the browser app (src/app/index.html → dist/web) and, with `--mode gallery`, the component gallery (→ dist/gallery).
// Nothing it emits needs inline scripts, eval or another host, so that a strict content security policy holds.
import { existsSync } from 'node:fs';
import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const keptLocales = new Set(['en-US']);
/** Parts of forms, charts and dragging: many pages share them, but no page needs them before something is opened. */
const openedLater =
  /combobox|autocomplete|spinbutton|[\\/]select[\\/]|[\\/]Select\.|listbox|@internationalized[\\/](?:number|date)|numberfield|textarea|[\\/]dnd[\\/]|gridlist|calendar|date(?:field|picker)|[\\/](?:MoneyField|OptionList|ConfirmDialog|DateField|fuzzy|draft)\./i;

/** Leaves out the thirty translations of accessibility strings which React Aria carries; its fallback is English. */
function keepLocales(): Plugin {
  const removed = '\0removed-locale';
  return {
    name: 'openkam:keep-locales',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !/[\\/](react-aria|react-aria-components|react-stately)[\\/]dist[\\/]/.test(importer))
        return null;
      const locale = /[\\/]intl[\\/](?:.*[\\/])?([a-z]{2}-[A-Z]{2})\.m?js$/.exec(source)?.[1];
      return locale && !keptLocales.has(locale) ? removed : null;
    },
    load: (id) => (id === removed ? 'export default undefined;' : null),
  };
}

type SyntaxNode = { type: string; start: number; end: number; [part: string]: unknown };

/** `defineRoute({ id, method, path, … })` keeps what a caller needs to reach the route. */
function withoutShapes(code: string, parse: (text: string) => SyntaxNode): string {
  const kept = new Set(['id', 'method', 'path', 'answers', 'accepts']);
  const cuts: { start: number; end: number }[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!node || typeof node !== 'object' || !('type' in node)) return;
    const at = node as SyntaxNode;
    const callee = at.callee as { name?: string } | undefined;
    const [spec] = (at.arguments ?? []) as { properties?: SyntaxNode[] }[];
    if (at.type === 'CallExpression' && callee?.name === 'defineRoute' && spec?.properties) {
      for (const property of spec.properties)
        if (!kept.has((property.key as { name?: string } | undefined)?.name ?? '')) cuts.push(property);
      return;
    }
    Object.values(at).forEach(visit);
  };
  visit(parse(code));
  return cuts
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, cut) => text.slice(0, cut.start) + text.slice(cut.end).replace(/^\s*,/, ''), code);
}

/**
 * The browser takes a route's method and path from the contract, never its shapes: the server checks. So the schema
 * library stays out of the first script; a stand-in takes its place and refuses loudly to check anything.
 */
function shapesStayOnServer(): Plugin {
  const stand = '\0openkam-shapes';
  return {
    name: 'openkam:shapes-stay-on-server',
    enforce: 'pre',
    resolveId: (source) => (source === 'virtual:openkam-shapes' ? stand : null),
    load: (id) =>
      id === stand
        ? `const refused = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'options']);
           const shape = new Proxy(function () {}, {
             apply: () => shape,
             get(_, key) {
               if (typeof key === 'symbol' || refused.has(key)) throw new Error('Shapes are checked on the server only.');
               return shape;
             },
           });
           export const z = shape;`
        : null,
    transform(code, id) {
      if (!/[\\/]src[\\/](modules[\\/][^\\/]+[\\/]api[\w-]*\.ts|kernel[\\/]contract[\\/][^\\/]+\.ts)$/.test(id))
        return null;
      const slim = withoutShapes(code, (text) => this.parse(text, { lang: 'ts' }) as unknown as SyntaxNode);
      return {
        code: slim.replace("import * as z from 'zod';", "import { z } from 'virtual:openkam-shapes';"),
        map: null,
      };
    },
  };
}

/** Asks for the text font together with the page instead of after its style sheet. */
function preloadFont(): Plugin {
  return {
    name: 'openkam:preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
        if (!font) return [];
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${font}` };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

/** In development only: /gallery.html opens the component gallery. */
function galleryInDev(): Plugin {
  const page = path.join(root, 'src/ui/gallery/gallery.html');
  return {
    name: 'openkam:gallery',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (server.config.mode === 'gallery' || !request.url?.startsWith('/gallery.html') || !existsSync(page))
          return next();
        response.writeHead(302, { location: `/@fs/${page.split(path.sep).join('/').replace(/^\//, '')}` });
        response.end();
      });
    },
  };
}

export default defineConfig(({ mode }) => {
  const gallery = mode === 'gallery';
  return {
    root: path.join(root, gallery ? 'src/ui/gallery' : 'src/app'),
    publicDir: path.join(root, 'src/ui/public'),
    cacheDir: path.join(root, 'node_modules/.vite', gallery ? 'gallery' : 'app'),
    plugins: [keepLocales(), shapesStayOnServer(), react(), tailwind(), preloadFont(), galleryInDev()],
    build: {
      outDir: path.join(root, gallery ? 'dist/gallery' : 'dist/web'),
      emptyOutDir: true,
      target: 'es2023',
      // Old targets would turn light-dark() into something that does not follow data-theme.
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        // Loading one of our modules does nothing by itself, so a page carries only the parts of a door which it uses.
        treeshake: {
          moduleSideEffects: (id) => !/[\\/]src[\\/](ui|kernel|modules)[\\/].*\.tsx?$/.test(id),
          // Routes that nobody calls leave the bundle.
          manualPureFunctions: ['defineRoute', 'z', 'many', 'some', 'listOf'],
        },
        input: path.join(root, gallery ? 'src/ui/gallery/gallery.html' : 'src/app/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
              // What two dozen pages share comes in one piece: dozens of tiny files cost more than they save.
              { name: 'base', test: (id) => !openedLater.test(id), minShareCount: 21, priority: 10 },
              { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            ],
          },
        },
      },
    },
    server: {
      port: 5173,
      fs: { allow: [root] },
      proxy: { '/api': { target: 'http://127.0.0.1:4400', changeOrigin: false } },
    },
    preview: { proxy: { '/api': { target: 'http://127.0.0.1:4400', changeOrigin: false } } },
  };
});
