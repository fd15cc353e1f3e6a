export type PostFault =
  | 'empty'
  | 'too-large'
  | 'not-text'
  | 'too-deep'
  | 'no-title'
  | 'no-conversation'
  | 'no-questions';

/** Thrown if a file cannot be read as a post. `message` is one line for the operator. */
export class PostFormatError extends Error {
  override readonly name = 'PostFormatError';

  constructor(
    readonly fault: PostFault,
    message: string,
  ) {
    super(message);
  }
}
