import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openContext } from './browser';
import type { TestCauseway } from './causeway';

export const PASSWORD = 'a boat on the causeway';

/** A person with a browser of their own, without JavaScript. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context = await openContext(browser);
  onTestFinished(() => context.close());
  return context.newPage();
}

/** Clicks what leads to another page, and waits for that. */
export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

/** Logs in by the form, as somebody whose password is `PASSWORD`. */
export async function logIn(page: Page, { url }: TestCauseway, email: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.fill('main [name=email]', email);
  await page.fill('main [name=password]', PASSWORD);
  await press(page, 'main form[action="/login"] button[type=submit]');
}
