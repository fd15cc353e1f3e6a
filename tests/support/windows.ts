import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openContext } from './browser';
import type { TestCauseway } from './causeway';

export const PASSWORD = 'a boat on the causeway';

/** Opens a browser window with its own context, without JavaScript. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context = await openContext(browser);
  onTestFinished(() => context.close());
  return context.newPage();
}

/** Clicks an element that leads to another page, and waits for the page. */
export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

/** Logs in with the form, for a person whose password is `PASSWORD`. */
export async function logIn(page: Page, { url }: TestCauseway, email: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.fill('main [name=email]', email);
  await page.fill('main [name=password]', PASSWORD);
  await press(page, 'main form[action="/login"] button[type=submit]');
}
