// What a browser loads before the first portfolio is visible, and how long that takes.

import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function webFigures(
  base: string,
  who: { email: string; password: string },
): Promise<{ scriptKb: number; requests: number; visibleMs: number }> {
  const browser = await chromium.launch({
    executablePath: process.env.OPENKAM_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const signIn = await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: who,
      headers: { origin: base },
    });
    if (!signIn.ok()) throw new Error(`the browser could not sign in: ${signIn.status()}`);
    const page = await context.newPage();
    const scripts = new Map<string, number>();
    const reads: Promise<unknown>[] = [];
    page.on('response', (response) => {
      if (!/\.js($|\?)/.test(response.url())) return;
      reads.push(
        response
          .body()
          .then((body) => scripts.set(response.url(), gzipSync(body).length))
          .catch(() => {}),
      );
    });
    const started = performance.now();
    await page.goto(base);
    await page.locator('[role=row], [role=listitem]').nth(5).waitFor({ timeout: 30_000 });
    const visibleMs = performance.now() - started;
    await Promise.all(reads);
    return { scriptKb: [...scripts.values()].reduce((a, b) => a + b, 0) / 1024, requests: scripts.size, visibleMs };
  } finally {
    await browser.close();
  }
}
