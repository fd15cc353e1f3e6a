import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { keepOldAddress, readOldAddress } from '~/domain/accounts/auth/change-address';
import { pathTo } from '~/platform/paths';
import { AddressOfferPage } from '~/ui/accounts/address-offer';

/** Email programs open links to preview them: a GET shows the button and changes nothing. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = params.token ?? '';
  const offer = await readOldAddress(app.db.reader, app.clock, token);
  const { t } = visit.i18n;
  const title = t(offer ? 'security.address.undo.title' : 'people.confirm.gone.title');
  return data({ head: { title, noindex: true }, token, offer }, { status: offer ? 200 : 404 });
}

export async function action({ params, context }: ActionFunctionArgs) {
  const { app } = context;
  const done = await app.db.write((tx) => keepOldAddress(tx, app, params.token ?? ''));
  // The account has no password now, so its owner sets a new one.
  return done ? redirect(pathTo('/reset'), 303) : data(null, { status: 404 });
}

export default function UndoAddress() {
  const { token, offer } = useLoaderData<typeof loader>();
  return <AddressOfferPage what="undo" token={token} offer={offer} />;
}
