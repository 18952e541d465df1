/** Which frames of a stack trace are a person's own: all but those of runtimes, frameworks and packages, language by language. */

export type StackLanguage =
  | 'jvm'
  | 'dotnet'
  | 'script'
  | 'python'
  | 'go'
  | 'rust'
  | 'ruby'
  | 'php'
  | 'native'
  | 'elixir';

/** Packages whose classes are nobody's own; a name belongs when it begins with one of them and a dot. */
const JVM = prefixes(
  'android androidx akka clojure com.amazonaws com.android com.apple com.azure com.datastax com.facebook com.fasterxml com.google com.ibm',
  'com.intellij com.mchange com.microsoft com.mongodb com.mysql com.netflix com.oracle com.rabbitmq com.squareup com.sun com.typesafe',
  'com.zaxxer dagger dalvik ch.qos feign freemarker graphql groovy io.github.resilience4j io.grpc io.jsonwebtoken io.ktor io.lettuce',
  'io.micrometer io.micronaut io.netty io.opentelemetry io.quarkus io.r2dbc io.reactivex io.smallrye io.swagger io.undertow io.vertx',
  'jakarta java javax jdk junit kotlin kotlinx liquibase lombok net.bytebuddy net.sf okhttp3 okio oracle org.antlr org.apache org.aspectj',
  'org.bouncycastle org.codehaus org.eclipse org.elasticsearch org.flywaydb org.glassfish org.gradle org.h2 org.hibernate org.jboss',
  'org.jetbrains org.jooq org.joda org.junit org.mariadb org.mockito org.mongodb org.mybatis org.objectweb org.postgresql org.quartz',
  'org.reactivestreams org.redisson org.scala-lang org.slf4j org.springdoc org.springframework org.testng org.thymeleaf org.w3c',
  'org.wildfly org.xml org.yaml play reactor redis.clients retrofit2 rx scala slick spray sun sun.reflect zio cats',
);

const DOTNET = prefixes(
  'System Microsoft Newtonsoft Npgsql MySql MySqlConnector Dapper Autofac AutoMapper MediatR Polly Serilog NLog Hangfire',
  'StackExchange FluentValidation Grpc Google Amazon Azure MassTransit RabbitMQ MongoDB Castle Xunit NUnit NHibernate Quartz',
  'IdentityServer4 Swashbuckle Orleans Akka Mono Unity UnityEngine UnityEditor Windows Internal Interop',
);

/** Applications of Elixir and Erlang that come with them or are built upon. */
const ELIXIR = new Set(
  [
    'elixir stdlib kernel mix ex_unit iex logger eex ssl crypto inets public_key runtime_tools mnesia compiler phoenix',
    'phoenix_html phoenix_live_view phoenix_pubsub plug plug_cowboy plug_crypto cowboy cowlib ranch bandit thousand_island',
    'ecto ecto_sql db_connection postgrex myxql jason poison tesla finch mint hackney httpoison absinthe dataloader oban',
    'broadway gen_stage telemetry decimal gettext guardian swoosh bamboo nimble_pool redix',
  ].flatMap((line) => line.split(' ')),
);

/** Crates of the standard library and of runtimes; a function belongs when it begins with one of them and `::`. */
const RUST = new Set(
  [
    'std core alloc test backtrace anyhow eyre color_eyre thiserror tokio futures futures_util futures_core hyper hyper_util',
    'tower tower_http axum axum_core actix_web actix_rt actix_http actix_server actix async_std rayon rayon_core crossbeam',
    'serde serde_json reqwest tonic tracing log rocket warp sqlx diesel mio smol log_panics panic_unwind proc_macro',
  ].flatMap((line) => line.split(' ')),
);

//                           ┌ V8 and Node                 ┌ packages                       ┌ tools
const SCRIPT_LIBRARY =
  /^(?:node:|internal\/|native$|<anonymous>$|evalmachine|v8\/|ext:|deno:|bun:)|[\\/]node_modules[\\/]|[\\/]\.pnpm[\\/]|webpack[\\/](?:runtime|bootstrap)|^(?:chrome|moz|safari)-extension:|[\\/](?:vendors?|polyfills?|runtime|framework)[.~-][^\\/]*$/;

const PYTHON_LIBRARY =
  /[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python\d|[\\/]python\d[\d.]*[\\/]lib[\\/]|[\\/]Python\d+[\\/][Ll]ib[\\/]|^<(?:frozen|__array|decorator)|[\\/]\.pyenv[\\/]|[\\/]importlib[\\/]/;

const GO_LIBRARY =
  /[\\/]go[\\/]src[\\/]|[\\/]go-?\d[^\\/]*[\\/]src[\\/]|[\\/]pkg[\\/]mod[\\/]|[\\/]vendor[\\/]|^_?cgo|[\\/]libexec[\\/]src[\\/]|^(?:runtime|net|sync|os|io|bufio|encoding|testing|reflect)[\\/]/;
const GO_RUNTIME =
  /^(?:runtime|panic|testing|reflect|sync|net\/http|net|os|io|encoding\/json|database\/sql|context)(?:[.(]|$)/;

const RUST_LIBRARY =
  /[\\/]rustc[\\/]|[\\/]\.cargo[\\/]|[\\/]registry[\\/]src[\\/]|[\\/]library[\\/](?:std|core|alloc)[\\/]|[\\/]rustlib[\\/]/;
const RUST_RUNTIME = /^(?:rust_begin_unwind|__rust|_+libc_start|_start|start_thread|_+clone|main$|<unknown>)/;

const RUBY_LIBRARY =
  /[\\/]gems[\\/]|[\\/]lib[\\/]ruby[\\/]|[\\/]ruby[\\/]\d|[\\/]rubies[\\/]|^<internal:|[\\/]\.rbenv[\\/]|[\\/]bin[\\/](?:bundle|rails|rake|puma|ruby)/;

const PHP_LIBRARY = /[\\/]vendor[\\/]|^\[internal|^phar:|[\\/]pear[\\/]|[\\/]wp-includes[\\/]/;

const NATIVE_LIBRARY =
  /^(?:\/usr\/|\/lib(?:32|64)?\/|\/build\/|\/opt\/(?:rh|gcc)|\.\.\/sysdeps|\.\.?\/nptl|\.\/nptl|\.\/csu|\.\.\/csu|\/System\/Library)|[\\/]include[\\/]c\+\+[\\/]|(?:^|[\\/])(?:libc|libpthread|libstdc\+\+|libgcc_s|ld-linux[^\\/]*|libm|libdyld|libsystem_[a-z]+)(?:[-.]|$)|ntdll|kernel32|compiler-rt/;
const NATIVE_RUNTIME =
  /^(?:_*libc_start|_start$|_*clone\d?$|start_thread|_*raise|_*abort|__assert|__cxa|__gnu|__interceptor|__asan|__sanitizer|__tsan|__ubsan|__GI_|__pthread|_IO_|std::|boost::|operator (?:new|delete)|malloc|free$|gsignal|pthread_|__kernel|dart:|mem(?:cpy|set|move)|str(?:len|cpy|cmp)$)/;

/** @param name  as the trace writes it, without arguments; a class with its package where the language has them */
export function isOwnFrame(language: StackLanguage, name: string, file: string): boolean {
  switch (language) {
    case 'jvm':
      return !JVM.test(name) && !name.startsWith('$Proxy');
    case 'dotnet':
      return !DOTNET.test(name);
    case 'script':
      return !SCRIPT_LIBRARY.test(file);
    case 'python':
      return !PYTHON_LIBRARY.test(file);
    case 'go':
      return !GO_LIBRARY.test(file) && !GO_RUNTIME.test(name);
    case 'rust':
      return !RUST_LIBRARY.test(file) && !RUST_RUNTIME.test(name) && !RUST.has(crateOf(name));
    case 'ruby':
      return !RUBY_LIBRARY.test(file);
    case 'php':
      return !PHP_LIBRARY.test(file);
    case 'native':
      return !NATIVE_RUNTIME.test(name) && !NATIVE_LIBRARY.test(file) && !file.startsWith('dart:');
    case 'elixir':
      return !ELIXIR.has(name.slice(0, name.indexOf(' ')));
  }
}

/** Of `<alloc::boxed::Box<F> as core::ops::FnOnce>::call_once`: alloc. */
function crateOf(name: string): string {
  const start = name.startsWith('<') ? 1 : 0;
  const end = name.indexOf('::', start);
  return end < 0 ? '' : name.slice(start, end);
}

function prefixes(...lines: readonly string[]): RegExp {
  const names = lines.flatMap((line) => line.split(' '));
  return new RegExp(`^(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})[.$]`);
}
