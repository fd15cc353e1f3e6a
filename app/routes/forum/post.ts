import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { locatePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import { notFound } from '~/server/guards';

/** The permanent URL of a post: redirects to the page of the thread that contains it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const address = await locatePost(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!address) throw notFound();
  throw redirect(address, 303);
}
