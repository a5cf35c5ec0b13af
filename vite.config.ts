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
    transform: (code, id) =>
      /[\\/]src[\\/](modules[\\/][^\\/]+[\\/]api\.ts|kernel[\\/]contract[\\/][^\\/]+\.ts)$/.test(id)
        ? { code: code.replace("import * as z from 'zod';", "import { z } from 'virtual:openkam-shapes';"), map: null }
        : null,
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
        treeshake: { moduleSideEffects: (id) => !/[\\/]src[\\/](ui|kernel|modules)[\\/].*\.tsx?$/.test(id) },
        input: path.join(root, gallery ? 'src/ui/gallery/gallery.html' : 'src/app/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
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
