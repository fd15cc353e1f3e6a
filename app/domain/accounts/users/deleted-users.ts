/** Whether a handle stands in the place of one whose person has left (see `formerHandle`). */
export function isFormerHandle(handle: string): boolean {
  return /^former-[0-9a-z]{10}$/.test(handle);
}
