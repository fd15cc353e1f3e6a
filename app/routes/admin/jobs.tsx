import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import type { Schedule } from '~/jobs/job';
import { durationOf, isRunning, listRecords, requestRun } from '~/jobs/records';
import { JOBS } from '~/jobs/schedule';
import { MINUTE, SECOND } from '~/platform/clock';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { Status } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { formatAge, formatUnits } from '~/ui/moderation/age';
import { deskLinks } from '~/ui/moderation/desk';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

export const links = deskLinks;

const NAMES: readonly string[] = JOBS.map(({ name }) => name);

const fields = z.object({ job: z.string().refine((name) => NAMES.includes(name)) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const records = new Map(
    (await listRecords(app.db.reader)).map((record) => [record.name, record]),
  );
  return {
    head: { title: visit.i18n.t('jobs.title'), noindex: true },
    done: doneIn(request, ['run']),
    jobs: JOBS.map(({ name, schedule }) => {
      const record = records.get(name);
      if (!record) return { name, schedule, last: null };
      const { ok, endedAt, attempts, nextRunAt, failedAt, error } = record;
      return {
        name,
        schedule,
        last: {
          ok,
          endedAt,
          attempts,
          nextRunAt,
          took: durationOf(record),
          running: isRunning(record, app.clock.now()),
          failure: failedAt === null ? null : { at: failedAt, error },
        },
      };
    }),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireAdministrator(context);
  const { db, clock } = context.app;
  return submit({ request, context }, fields, async ({ job }) => {
    await db.write((tx) => requestRun(tx, clock, job));
    return redirect(pathTo('/admin/jobs?done=run'), 303);
  });
}

type Job = ReturnType<typeof useLoaderData<typeof loader>>['jobs'][number];

export default function Jobs() {
  const { jobs, done } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <AdminNav current="jobs" />
      <div className="single">
        <h1>{t('jobs.title')}</h1>
        <p className="lead">{t('jobs.lead')}</p>
        {done && <Status>{t('jobs.requested')}</Status>}
        <ul className="rows">
          {jobs.map(({ name, schedule, last }) => (
            <li key={name}>
              <h2>{t(`jobs.name.${name}`)}</h2>
              <Meta>
                <code>{name}</code>
                <When schedule={schedule} />
              </Meta>
              <Last last={last} />
              <form method="post" action={pathTo('/admin/jobs')}>
                <input type="hidden" name="job" value={name} />
                <button type="submit">{t('jobs.run')}</button>
              </form>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function When({ schedule }: { schedule: Schedule }) {
  const { t, locale } = useI18n();
  if ('dailyAt' in schedule) return <span>{t('jobs.daily', { time: schedule.dailyAt })}</span>;
  const { every } = schedule;
  const interval =
    every < MINUTE ? formatUnits(locale, every / SECOND, 'second') : formatAge(locale, every);
  return <span>{t('jobs.every', { interval })}</span>;
}

function Last({ last }: Pick<Job, 'last'>) {
  const { t } = useI18n();
  if (!last) return <Meta>{t('jobs.never')}</Meta>;
  const { ok, endedAt, took, running, attempts, nextRunAt, failure } = last;
  return (
    <>
      <Meta>
        {running && <span>{t('jobs.running')}</span>}
        {endedAt !== null && (
          <span>
            {t(ok ? 'jobs.succeeded' : 'jobs.failed')}
            <Gap />
            <Minute ms={endedAt} />
          </span>
        )}
        {took !== null && <span>{t('jobs.took', { seconds: took / SECOND })}</span>}
        {attempts > 1 && <span>{t('jobs.attempts', { count: attempts })}</span>}
        <span>
          {t('jobs.next')}
          <Gap />
          <Minute ms={nextRunAt} />
        </span>
      </Meta>
      {failure && (
        <Meta>
          <span>
            {t('jobs.lastFailure')}
            <Gap />
            <Minute ms={failure.at} />
          </span>
          <code dir="ltr">{failure.error}</code>
        </Meta>
      )}
    </>
  );
}
