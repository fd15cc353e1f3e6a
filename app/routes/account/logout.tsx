import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { pathTo } from '~/platform/paths';
import { endSession } from '~/server/session';
import { Pressed, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';

/** A link must not log anyone out, so a GET shows the button. */
export function loader({ context }: LoaderFunctionArgs) {
  const { i18n, visitor } = context.visit;
  return {
    head: { title: i18n.t('people.logout.title'), noindex: true },
    handle: visitor.person?.handle ?? null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const cookie = await endSession({ request, context });
  return redirect('/', { status: 303, headers: { 'Set-Cookie': cookie } });
}

export default function LogOut() {
  const { handle } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.logout.title')}</h1>
      {handle === null ? (
        <p>{t('people.logout.nobody')}</p>
      ) : (
        <form method="post" action={pathTo('/logout')}>
          <Pressed />
          <TextLine k="people.logout.text" values={{ handle: <bdi>{handle}</bdi> }} />
          <Submit label={t('people.logout.submit')} />
        </form>
      )}
    </>
  );
}
