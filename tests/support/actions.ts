import type { Page } from 'playwright-core';
import { press } from './windows';

/**
 * Uses a page as a person does, and counts it: a field filled in, a choice made, a button or link
 * pressed, a link of an email opened. Each is one action. Reading and scrolling are none.
 */
export class Actions {
  taken = 0;

  constructor(readonly page: Page) {}

  /** Types into a text field, in place of what it holds. */
  async fill(selector: string, text: string): Promise<void> {
    this.taken += 1;
    await this.page.fill(selector, text);
  }

  /** Chooses from a list (`<select>`) by value. */
  async choose(selector: string, value: string): Promise<void> {
    this.taken += 1;
    await this.page.selectOption(selector, value);
  }

  /** Taps what leads to no other page: a checkbox, a radio button, a `<summary>`, a link to a part of the page. */
  async tap(selector: string): Promise<void> {
    this.taken += 1;
    await this.page.click(selector);
  }

  /** Follows a link to another page, or sends a form. Waits for the page. */
  async send(selector: string): Promise<void> {
    this.taken += 1;
    await press(this.page, selector);
  }

  /** Opens a link outside of the page, such as one in an email. */
  async open(url: string): Promise<void> {
    this.taken += 1;
    await this.page.goto(url);
  }
}
