import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { READ, withParameter } from '~/domain/forum/paths';
import { locatePost } from '~/domain/forum/posts/posts';
import { readerOf } from '~/domain/forum/visibility';
import { readLanguage } from '~/platform/languages/tags';
import { notFound } from '~/server/guards';

/** The permanent URL of a post: redirects to the page of the thread that contains it. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const address = await locatePost(app.db.reader, params.id ?? '', readerOf(visit.visitor));
  if (!address) throw notFound();
  const read = readLanguage(new URL(request.url).searchParams.get(READ));
  throw redirect(read ? withParameter(address, READ, read) : address, 303);
}
