/** True if a handle is the placeholder of a deleted account (see `formerHandle`). */
export function isFormerHandle(handle: string): boolean {
  return /^former-[0-9a-z]{10}$/.test(handle);
}
