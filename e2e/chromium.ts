// The browser that journeys run in: how it is started, when a page is at rest, and what axe finds on it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page, type Request } from 'playwright-core';

// A browser takes the last list of features only, so what Playwright switches off for steady runs stands here again.
const withoutFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // Processes beside our page which nobody looks at, new with every page: half of what opening one costs.
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.OPENKAM_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--process-per-site',
      `--disable-features=${withoutFeatures.join(',')}`,
    ],
  });
}

const underWay = new WeakMap<Page, Set<Request>>();

/** Remembers which requests of the page are under way, for `settled`. */
export function watchRequests(page: Page): void {
  const open = new Set<Request>();
  underWay.set(page, open);
  // The live connection stays open as long as its page.
  page.on('request', (request) => void (request.resourceType() !== 'eventsource' && open.add(request)));
  page.on('requestfinished', (request) => void open.delete(request));
  page.on('requestfailed', (request) => void open.delete(request));
  // Requests of a page that was left never end.
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) for (const one of open) if (!one.isNavigationRequest()) open.delete(one);
  });
}

/** Waits until nothing is loading, moving or fading, so that the page is looked at as people see it: five seconds at most. */
export async function settled(page: Page): Promise<void> {
  const open = underWay.get(page);
  const end = Date.now() + 5000;
  for (let quiet = 0; quiet < 3 && Date.now() < end; await sleep(20)) quiet = open?.size ? 0 : quiet + 1;
  await page.evaluate(async (patience) => {
    const late = new Promise((resolve) => setTimeout(resolve, patience));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const atRest = async () => {
      await document.fonts.ready;
      await frame();
      await frame();
      const moving = document
        .getAnimations()
        .filter((one) => one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime));
      await Promise.allSettled(moving.map((one) => one.finished));
    };
    await Promise.race([late, atRest()]);
  }, 2000);
}

const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
type Finding = { id: string; help: string; nodes: { target: string[]; html: string }[] };
type Axe = { run(context: object, options: object): Promise<{ violations: Finding[]; passes: unknown[] }> };

/** What axe finds on the page as it is shown, in lines that name the place. */
export async function barriers(page: Page): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations, passed } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    // The library's live region repeats for seconds what was announced, also when the button that said it has gone.
    const found = await axe.run({ exclude: [['[data-live-announcer]']] }, { resultTypes: ['violations'] });
    return { violations: found.violations, passed: found.passes.length };
  });
  if (passed === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} (${help}) ${html.slice(0, 160)}`),
  );
}
