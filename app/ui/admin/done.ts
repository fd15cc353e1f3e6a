/** Returns what the last form did, from `?done=` in the URL; null if it is not one of the values. */
export function doneIn<Done extends string>(
  request: Request,
  values: readonly Done[],
): Done | null {
  const done = new URL(request.url).searchParams.get('done');
  return values.find((value) => value === done) ?? null;
}
