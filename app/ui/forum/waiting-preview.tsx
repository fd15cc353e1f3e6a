import type { WaitingKind } from '~/domain/accounts/auth/account-mails';

/** What waits for an account. */
export interface WaitingView {
  kind: WaitingKind;
  /** What the page is for: "Post your answer". */
  title: string;
  /** The button that does it. */
  action: string;
  heading: string;
  /** The text, or that of the post or key point that it is about. */
  text: string;
  isText: boolean;
}

/** Shows what waits, before it is posted. */
export function WaitingPreview({ heading, text }: Pick<WaitingView, 'heading' | 'text'>) {
  return (
    <section className="preview" aria-labelledby="kept">
      <h2 id="kept">{heading}</h2>
      <p className="typed" dir="auto">
        {text}
      </p>
    </section>
  );
}
