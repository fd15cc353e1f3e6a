import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { confirmNewAddress, readNewAddress } from '~/domain/accounts/auth/change-address';
import { pathTo } from '~/platform/paths';
import { AddressOfferPage } from '~/ui/accounts/address-offer';

/** Email programs open links to preview them: a GET shows the button and changes nothing. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = params.token ?? '';
  const offer = await readNewAddress(app.db.reader, app.clock, token);
  const { t } = visit.i18n;
  const title = t(offer ? 'security.address.confirm.title' : 'people.confirm.gone.title');
  return data({ head: { title, noindex: true }, token, offer }, { status: offer ? 200 : 404 });
}

export async function action({ params, context }: ActionFunctionArgs) {
  const { app } = context;
  const token = params.token ?? '';
  const done = await app.db.write((tx) => confirmNewAddress(tx, app, token));
  // Redirect back to the page, which confirms the change; or respond directly that the link is not
  // valid.
  return done
    ? redirect(pathTo('/address/confirm/:token', { token }), 303)
    : data(null, { status: 404 });
}

export default function ConfirmAddress() {
  const { token, offer } = useLoaderData<typeof loader>();
  return <AddressOfferPage what="confirm" token={token} offer={offer} />;
}
