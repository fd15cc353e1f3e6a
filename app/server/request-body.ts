/** In bytes; far more than any form can contain with the longest text allowed. */
export const LARGEST_BODY = 256 * 1024;

/** A larger body is read up to this size, only to return what was written in it. */
const LARGEST_RETURNED = 1024 * 1024;

/**
 * In bytes: what is held of bodies that have not arrived whole, of one address and in total. A client
 * could otherwise fill the memory with forms that it begins and never ends.
 */
const HELD = { each: 8 * 1024 * 1024, inAll: 64 * 1024 * 1024 };

export interface BodyReader {
  /**
   * Reads the body of a request from `address`.
   * @returns `too-large` above 1 MB, whatever Content-Length says; `busy` if too much of others'
   *   bodies, or of the same client's, is being read
   */
  read(request: Request, address: string): Promise<Uint8Array<ArrayBuffer> | 'too-large' | 'busy'>;
}

export function createBodyReader(): BodyReader {
  const held = new Map<string, number>();
  let heldInAll = 0;

  /** Returns whether so many bytes more may be held. */
  function hold(address: string, bytes: number): boolean {
    const now = (held.get(address) ?? 0) + bytes;
    heldInAll += bytes;
    if (now > 0) held.set(address, now);
    else held.delete(address);
    return now <= HELD.each && heldInAll <= HELD.inAll;
  }

  return {
    async read(request, address) {
      const length = Number(request.headers.get('Content-Length') ?? Number.NaN);
      if (length > LARGEST_RETURNED) return 'too-large';
      if (!request.body) return new Uint8Array();
      const chunks: Uint8Array[] = [];
      let size = 0;
      try {
        for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
          size += chunk.length;
          if (!hold(address, chunk.length)) return 'busy';
          if (size > LARGEST_RETURNED) return 'too-large';
          chunks.push(chunk);
        }
      } finally {
        hold(address, -size);
      }
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}
