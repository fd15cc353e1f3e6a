import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { readSent } from '~/server/sent-mail';
import { CheckMail } from '~/ui/accounts/check-mail';

export function loader({ request, context }: LoaderFunctionArgs) {
  const { email } = readSent(request);
  return { head: { title: context.visit.i18n.t('people.sent.title'), noindex: true }, email };
}

export default function ResetSent() {
  return <CheckMail email={useLoaderData<typeof loader>().email} again={pathTo('/reset')} />;
}
