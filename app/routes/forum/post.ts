import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { locatePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import { notFound } from '~/server/guards';

/** The address of a post that stays: leads to the page of its thread on which it stands. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const address = await locatePost(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!address) throw notFound();
  throw redirect(address, 303);
}
