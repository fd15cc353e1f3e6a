import type { LoaderFunctionArgs } from '@remix-run/node';
import { countRows } from '~/domain/ops/counts';
import { refusedMail } from '~/domain/ops/refused-mail';
import { durationOf, type JobRecord, listRecords } from '~/jobs/records';
import { SECOND } from '~/platform/clock';
import { notFound } from '~/server/guards';
import { mayReadMetrics, prometheusText } from '~/server/metrics';

/** Metrics for Prometheus, on loopback or with the token; 404 for everyone else. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, traffic, visit } = context;
  const reader = { address: visit.address, headers: request.headers };
  if (!mayReadMetrics(reader, app.config.metricsToken)) throw notFound();
  const { answers, seconds, work } = traffic.read();
  const rows = await countRows(app.db.reader);
  const refused = await refusedMail(app.db.reader, app.clock);
  const jobs = await listRecords(app.db.reader);
  const ofJobs = (valueIn: (record: JobRecord) => number | null) =>
    jobs.flatMap((record) => {
      const value = valueIn(record);
      return value === null ? [] : [{ labels: { job: record.name }, value }];
    });
  const text = prometheusText([
    {
      name: 'causeway_http_answers_total',
      help: 'Answers by class of status.',
      type: 'counter',
      samples: [...answers].map(([status, value]) => ({ labels: { status }, value })),
    },
    {
      name: 'causeway_http_seconds_total',
      help: 'Time spent answering.',
      type: 'counter',
      samples: [{ value: seconds }],
    },
    {
      name: 'causeway_work_total',
      help: 'Requests that the store of pages could not answer: given a turn, or refused for now.',
      type: 'counter',
      samples: [...work].map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: 'causeway_rows',
      help: 'Rows that tell how the site does.',
      type: 'gauge',
      samples: Object.entries(rows).map(([of, value]) => ({ labels: { of }, value })),
    },
    {
      name: 'causeway_refused_mails',
      help: 'Mails that were refused within the last day, by cause.',
      type: 'gauge',
      samples: refused.map(({ cause, emails }) => ({ labels: { cause }, value: emails })),
    },
    {
      name: 'causeway_job_last_success_timestamp_seconds',
      help: 'When a background job last ended well.',
      type: 'gauge',
      samples: ofJobs(({ succeededAt }) => succeededAt && succeededAt / SECOND),
    },
    {
      name: 'causeway_job_failures_total',
      help: 'Runs of a background job that failed.',
      type: 'counter',
      samples: ofJobs(({ failures }) => failures),
    },
    {
      name: 'causeway_job_duration_seconds',
      help: 'How long the last run of a background job took.',
      type: 'gauge',
      samples: ofJobs(durationOf).map(({ labels, value }) => ({ labels, value: value / SECOND })),
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory size in bytes.',
      type: 'gauge',
      samples: [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_uptime_seconds',
      help: 'Seconds since the process started.',
      type: 'gauge',
      samples: [{ value: process.uptime() }],
    },
  ]);
  return new Response(text, {
    headers: {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    },
  });
}
