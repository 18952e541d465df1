/** The one list of formats. Detection breaks ties by this order: what is told apart by more columns stands first. */

import * as builds from './builds';
import * as containers from './containers';
import * as data from './data-systems';
import * as databases from './databases';
import * as dotnet from './dotnet';
import type { Format } from './format';
import * as generic from './generic';
import * as native from './go-rust';
import * as jvm from './jvm';
import * as mobile from './mobile';
import * as proxies from './proxies';
import * as scripting from './scripting';
import * as structured from './structured';
import * as supercomputers from './supercomputers';
import * as syslog from './syslog';
import * as tabular from './tabular';
import * as web from './web';
import * as windows from './windows';

/** @throws Error when two formats share an id: a slip in the list below */
function checked(formats: readonly Format[]): readonly Format[] {
  const ids = new Set<string>();
  for (const format of formats) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(format.id)) throw new Error(`format id ${format.id} is not kebab-case`);
    if (ids.has(format.id)) throw new Error(`two formats are called ${format.id}`);
    ids.add(format.id);
  }
  return formats;
}

export const FORMATS: readonly Format[] = checked([
  containers.DOCKER_JSON,
  databases.MONGODB,
  containers.KLOG_JSON,
  structured.BUNYAN,
  structured.ZAP_JSON,
  structured.JOURNAL_JSON,
  structured.GELF,
  structured.SERILOG_CLEF,
  structured.ECS,
  structured.GOOGLE_CLOUD,
  structured.JSON_LINES,

  containers.CRI,
  containers.KLOG,
  containers.CAPNSLOG,
  mobile.LOGCAT,
  mobile.LOGCAT_TIME,
  mobile.LOGCAT_BRIEF,
  mobile.APPLE_UNIFIED,

  proxies.HAPROXY,
  syslog.SYSLOG_5424,
  syslog.CISCO_IOS,
  syslog.SYSLOG,
  syslog.AUDITD,
  supercomputers.BLUE_GENE,
  supercomputers.CLUSTER_SYSLOG,
  supercomputers.LANL_EVENTS,
  windows.WINDOWS_CBS,
  windows.PROXIFIER,

  proxies.TRAEFIK_ACCESS,
  web.ACCESS,
  web.NGINX_ERROR,
  web.APACHE_ERROR,
  web.AWS_ALB,
  web.ENVOY_ACCESS,
  web.ENVOY,
  web.SQUID,
  tabular.W3C,
  syslog.JOURNAL_TEXT,
  syslog.DMESG,

  jvm.SPRING_BOOT,
  jvm.TOMCAT,
  jvm.JVM_GC,
  jvm.JVM_GC_LEGACY,
  jvm.THREAD_DUMP,
  jvm.LOG4J_TTCC,
  jvm.JAVA_UTIL_LOGGING,
  data.ZOOKEEPER,
  data.ELASTICSEARCH,
  data.CASSANDRA,
  data.OSLO,
  data.RABBITMQ,
  data.HDFS,
  data.SPARK,
  data.KAFKA,
  databases.POSTGRES,
  databases.POSTGRES_CSV,
  databases.MYSQL,
  databases.MONGODB_TEXT,
  databases.REDIS,
  databases.CLICKHOUSE,
  native.RUST_TRACING,
  jvm.LOGBACK,
  jvm.LOG4J,
  data.HADOOP,

  dotnet.NLOG,
  dotnet.SERILOG,
  dotnet.DOTNET_CONSOLE,
  scripting.GUNICORN,
  scripting.UVICORN,
  scripting.CELERY,
  scripting.MONOLOG,
  scripting.PHP_ERROR,
  scripting.RUBY,
  scripting.RAILS_REQUEST,
  native.ZAP_CONSOLE,
  proxies.CADDY_CONSOLE,
  proxies.ZEROLOG_CONSOLE,
  native.LOGRUS,
  native.RUST_ENV_LOGGER,
  scripting.PINO_PRETTY,
  scripting.ELIXIR,
  scripting.PYTHON,
  syslog.SYSLOG_ISO,
  builds.GITLAB_JOB,
  builds.CI_JOB,
  builds.PIP,
  builds.NPM,
  structured.LOGFMT,

  tabular.CSV,
  generic.PIPES,
  generic.GENERIC_ISO,
  native.GO_LOG,
  generic.GENERIC_SLASH,
  generic.GENERIC_US,
  generic.GENERIC_EUROPEAN,
  generic.GENERIC_MONTH_NAME,
  generic.GENERIC_YEARLESS,
  generic.GENERIC_CLOCK,
  generic.GENERIC_EPOCH,
  generic.LEVEL_LED,
  generic.PLAIN,
]);

/** @returns undefined when no format has that id */
export function findFormat(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}
