/** Formats of distributed data systems: the Hadoop family, Kafka, Elasticsearch, Cassandra, OpenStack, RabbitMQ. */

import type { LayoutFormat } from './format';
import { ISO } from './fragments';

export const HADOOP: LayoutFormat = {
  kind: 'layout',
  id: 'hadoop',
  title: 'Hadoop, HBase, Hive',
  family: 'Applications',
  source: 'https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/SingleCluster.html',
  layouts: [`${ISO} {level} ([{thread:until=] }] )?{logger:not=:[]}: {message}`],
  samples: [
    {
      text: '2014-09-11 22:55:12,616 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: Created MRAppMaster for application appattempt_1410448728371_0003_000001',
      time: '2014-09-11T22:55:12.616',
      level: 'INFO',
      message: 'Created MRAppMaster for application appattempt_1410448728371_0003_000001',
      fields: { thread: 'main', logger: 'org.apache.hadoop.mapreduce.v2.app.MRAppMaster' },
    },
    {
      text: '2022-09-27 17:41:59,101 INFO executor.Executor: Running task 4.0 in stage 0.0 (TID 4)',
      time: '2022-09-27T17:41:59.101',
      level: 'INFO',
      message: 'Running task 4.0 in stage 0.0 (TID 4)',
      fields: { logger: 'executor.Executor' },
    },
    {
      text: '2013-06-07 11:23:45,120 ERROR org.apache.hadoop.hdfs.server.datanode.DataNode: java.io.IOException: Incompatible namespaceIDs\n\tat org.apache.hadoop.hdfs.server.datanode.DataStorage.doTransition(DataStorage.java:233)\n\tat org.apache.hadoop.hdfs.server.datanode.DataNode.main(DataNode.java:1235)',
      time: '2013-06-07T11:23:45.120',
      level: 'ERROR',
      message: 'java.io.IOException: Incompatible namespaceIDs',
      fields: { logger: 'org.apache.hadoop.hdfs.server.datanode.DataNode' },
    },
  ],
};

export const SPARK: LayoutFormat = {
  kind: 'layout',
  id: 'spark',
  title: 'Apache Spark',
  family: 'Applications',
  source: 'https://spark.apache.org/docs/latest/configuration.html#configuring-logging',
  layouts: ['{time:yy/MM/dd HH:mm:ss?[,.]?f} {level} {logger:not=:[]}: {message}'],
  samples: [
    {
      text: '15/09/19 22:13:33 INFO executor.Executor: Running task 0.0 in stage 0.0 (TID 0)',
      time: '2015-09-19T22:13:33',
      level: 'INFO',
      message: 'Running task 0.0 in stage 0.0 (TID 0)',
      fields: { logger: 'executor.Executor' },
    },
    {
      text: '18/04/08 12:07:03 INFO executor.CoarseGrainedExecutorBackend: Got assigned task 5',
      time: '2018-04-08T12:07:03',
      level: 'INFO',
      message: 'Got assigned task 5',
      fields: { logger: 'executor.CoarseGrainedExecutorBackend' },
    },
    {
      text: '15/05/28 10:35:50 ERROR executor.Executor: Exception in task 2.1 in stage 6.0 (TID 25)\njava.lang.NullPointerException\n\tat org.apache.spark.scheduler.Task.run(Task.scala:64)',
      time: '2015-05-28T10:35:50',
      level: 'ERROR',
      message: 'Exception in task 2.1 in stage 6.0 (TID 25)',
      fields: { logger: 'executor.Executor' },
    },
  ],
};

export const HDFS: LayoutFormat = {
  kind: 'layout',
  id: 'hdfs',
  title: 'HDFS (date and clock without separators)',
  family: 'Applications',
  source: 'http://iiis.tsinghua.edu.cn/~weixu/sospdata.html',
  layouts: ['{time:yyMMdd HHmmss} {pid:digits} {level} {logger:not=:[]}: {message}'],
  samples: [
    {
      text: '081109 203519 145 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_-1608999687919862906 terminating',
      time: '2008-11-09T20:35:19',
      level: 'INFO',
      message: 'PacketResponder 1 for block blk_-1608999687919862906 terminating',
      fields: { pid: '145', logger: 'dfs.DataNode$PacketResponder' },
    },
    {
      text: '081109 203519 145 INFO dfs.DataNode$DataXceiver: Receiving block blk_-1608999687919862906 src: /10.250.14.224:42420 dest: /10.250.14.224:50010',
      time: '2008-11-09T20:35:19',
      level: 'INFO',
      message: 'Receiving block blk_-1608999687919862906 src: /10.250.14.224:42420 dest: /10.250.14.224:50010',
    },
    {
      text: '081109 214043 2561 WARN dfs.DataNode$DataXceiver: 10.251.30.85:50010:Got exception while serving blk_-2918118818249673980 to /10.251.90.64:',
      time: '2008-11-09T21:40:43',
      level: 'WARN',
      message: '10.251.30.85:50010:Got exception while serving blk_-2918118818249673980 to /10.251.90.64:',
      fields: { pid: '2561' },
    },
  ],
};

export const ZOOKEEPER: LayoutFormat = {
  kind: 'layout',
  id: 'zookeeper',
  title: 'Apache ZooKeeper',
  family: 'Applications',
  source: 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
  // The origin holds brackets itself, so it ends at "] - " and not at "]".
  layouts: [`${ISO}( [myid:{myid:until=]}])? - {level} [{origin:until=] - }] - {message}`],
  samples: [
    {
      text: '2013-01-30 11:32:10,663 [myid:2] - INFO [localhost/127.0.0.1:2784:QuorumCnxManager$Listener@498] - Received connection request /127.0.0.1:60876',
      time: '2013-01-30T11:32:10.663',
      level: 'INFO',
      message: 'Received connection request /127.0.0.1:60876',
      fields: { myid: '2', origin: 'localhost/127.0.0.1:2784:QuorumCnxManager$Listener@498' },
    },
    {
      text: '2013-01-30 11:32:10,663 [myid:2] - WARN [localhost/127.0.0.1:2784:QuorumCnxManager@349] - Invalid server id: -65536',
      time: '2013-01-30T11:32:10.663',
      level: 'WARN',
      message: 'Invalid server id: -65536',
    },
    {
      text: '2020-12-02 11:58:51,519 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@597] - Notification time out: 3200',
      time: '2020-12-02T11:58:51.519',
      level: 'INFO',
      message: 'Notification time out: 3200',
      fields: { origin: 'QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@597' },
    },
  ],
};

export const KAFKA: LayoutFormat = {
  kind: 'layout',
  id: 'kafka',
  title: 'Apache Kafka',
  family: 'Applications',
  source: 'https://kafka.apache.org/documentation/#monitoring',
  // The logger stands in parentheses at the end of the message and stays there.
  layouts: ['[{time:yyyy-MM-dd HH:mm:ss,f}] {level} {message}'],
  samples: [
    {
      text: '[2020-11-15 11:17:49,886] INFO [KafkaServer id=1001] started (kafka.server.KafkaServer)',
      time: '2020-11-15T11:17:49.886',
      level: 'INFO',
      message: '[KafkaServer id=1001] started (kafka.server.KafkaServer)',
    },
    {
      text: '[2022-06-29 15:10:02,831] INFO Connecting to zookeeper on hadoop001:2181,hadoop002:2181,hadoop003:2181 (kafka.server.KafkaServer)',
      time: '2022-06-29T15:10:02.831',
      level: 'INFO',
      message: 'Connecting to zookeeper on hadoop001:2181,hadoop002:2181,hadoop003:2181 (kafka.server.KafkaServer)',
    },
    {
      text: '[2020-07-19 01:20:32,081] ERROR Fatal error during KafkaServer startup. Prepare to shutdown (kafka.server.KafkaServer)\nkafka.zookeeper.ZooKeeperClientTimeoutException: Timed out waiting for connection while in state: CONNECTING\n\tat kafka.zookeeper.ZooKeeperClient.waitUntilConnected(ZooKeeperClient.scala:262)',
      time: '2020-07-19T01:20:32.081',
      level: 'ERROR',
      message: 'Fatal error during KafkaServer startup. Prepare to shutdown (kafka.server.KafkaServer)',
    },
  ],
};

export const ELASTICSEARCH: LayoutFormat = {
  kind: 'layout',
  id: 'elasticsearch',
  title: 'Elasticsearch, OpenSearch, Logstash',
  family: 'Applications',
  source: 'https://www.elastic.co/guide/en/elasticsearch/reference/7.17/logging.html',
  layouts: ["[{time:yyyy-MM-dd'T'HH:mm:ss,f}][{level}( )?][{logger:not=]}( )?]( [{node:until=]}])?{message}"],
  samples: [
    {
      text: '[2020-01-31T09:30:00,123][INFO ][o.e.n.Node               ] [node-1] started',
      time: '2020-01-31T09:30:00.123',
      level: 'INFO',
      message: 'started',
      fields: { logger: 'o.e.n.Node', node: 'node-1' },
    },
    {
      text: '[2018-03-12T12:41:02,402][WARN ][o.e.b.BootstrapChecks    ] [rrBbUgI] max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]',
      time: '2018-03-12T12:41:02.402',
      level: 'WARN',
      message: 'max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]',
      fields: { node: 'rrBbUgI' },
    },
    {
      text: '[2018-03-12T12:41:02,402][ERROR][o.e.b.Bootstrap          ] Exception\njava.lang.RuntimeException: can not run elasticsearch as root\n\tat org.elasticsearch.bootstrap.Bootstrap.initializeNatives(Bootstrap.java:105)',
      time: '2018-03-12T12:41:02.402',
      level: 'ERROR',
      message: 'Exception',
      fields: { logger: 'o.e.b.Bootstrap' },
    },
  ],
};

export const CASSANDRA: LayoutFormat = {
  kind: 'layout',
  id: 'cassandra',
  title: 'Apache Cassandra',
  family: 'Applications',
  source: 'https://cassandra.apache.org/doc/latest/cassandra/troubleshooting/reading_logs.html',
  layouts: [`{level} [{thread:until=] }] ${ISO} {file:not=:}:{line:digits} - {message}`],
  samples: [
    {
      text: 'INFO  [main] 2018-12-13 05:07:15,123 StorageService.java:2390 - Node /10.0.0.1 state jump to NORMAL',
      time: '2018-12-13T05:07:15.123',
      level: 'INFO',
      message: 'Node /10.0.0.1 state jump to NORMAL',
      fields: { thread: 'main', file: 'StorageService.java', line: '2390' },
    },
    {
      text: 'WARN  [GossipTasks:1] 2018-12-13 05:07:16,001 FailureDetector.java:288 - Not marking nodes down due to local pause of 6106391011 > 5000000000',
      time: '2018-12-13T05:07:16.001',
      level: 'WARN',
      message: 'Not marking nodes down due to local pause of 6106391011 > 5000000000',
      fields: { thread: 'GossipTasks:1' },
    },
    {
      text: 'ERROR [MutationStage-3] 2018-12-13 05:07:17,020 StorageProxy.java:1417 - Failed to apply mutation locally\njava.lang.IllegalArgumentException: Mutation of 17.000MiB is too large\n\tat org.apache.cassandra.db.commitlog.CommitLog.add(CommitLog.java:256)',
      time: '2018-12-13T05:07:17.020',
      level: 'ERROR',
      message: 'Failed to apply mutation locally',
      fields: { file: 'StorageProxy.java' },
    },
  ],
};

export const OSLO: LayoutFormat = {
  kind: 'layout',
  id: 'openstack',
  title: 'OpenStack (oslo.log)',
  family: 'Applications',
  source: 'https://docs.openstack.org/oslo.log/latest/configuration/index.html',
  layouts: [
    '{time:yyyy-MM-dd HH:mm:ss.f} {pid:digits} {level} {logger:word}( [{request:until=]}])? {message}',
    // A collector put the file's name before the line.
    '{file:word} {time:yyyy-MM-dd HH:mm:ss.f} {pid:digits} {level} {logger:word}( [{request:until=]}])? {message}',
  ],
  samples: [
    {
      text: '2016-01-20 21:56:29.283 8428 INFO __main__ [-] Message without context',
      time: '2016-01-20T21:56:29.283',
      level: 'INFO',
      message: 'Message without context',
      fields: { pid: '8428', logger: '__main__', request: '-' },
    },
    {
      text: '2016-01-20 21:56:29.284 8428 INFO __main__ [req-929d23e9-f50e-46ae-a8a7-02bc8c3fd2c8 - - - - -] Message with context',
      time: '2016-01-20T21:56:29.284',
      level: 'INFO',
      message: 'Message with context',
      fields: { request: 'req-929d23e9-f50e-46ae-a8a7-02bc8c3fd2c8 - - - - -' },
    },
    {
      text: 'nova-api.log 2016-12-07 03:53:55.873 24 INFO nova.osapi_compute.wsgi.server [req-0c0b761c-47b0-4bf5-832c-89ef048fa56a - default default] 10.91.126.38,10.0.0.1 "GET /v2.1/extensions HTTP/1.1" status: 200 len: 23011 time: 0.4711',
      time: '2016-12-07T03:53:55.873',
      level: 'INFO',
      message: '10.91.126.38,10.0.0.1 "GET /v2.1/extensions HTTP/1.1" status: 200 len: 23011 time: 0.4711',
      fields: { file: 'nova-api.log', pid: '24', logger: 'nova.osapi_compute.wsgi.server' },
    },
    {
      text: '2017-11-16 11:54:46.260 16440 CRITICAL keystonemiddleware.auth_token [-] Unable to validate token: Failed to fetch token data from identity server',
      time: '2017-11-16T11:54:46.260',
      level: 'FATAL',
      message: 'Unable to validate token: Failed to fetch token data from identity server',
    },
  ],
};

export const RABBITMQ: LayoutFormat = {
  kind: 'layout',
  id: 'rabbitmq',
  title: 'RabbitMQ',
  family: 'Applications',
  source: 'https://www.rabbitmq.com/docs/logging',
  layouts: [`${ISO} [{level}] <{process:not=>}> {message}`],
  samples: [
    {
      text: '2018-11-22 10:44:33.654 [info] <0.620.0> accepting AMQP connection <0.620.0> (127.0.0.1:52771 -> 127.0.0.1:5672)',
      time: '2018-11-22T10:44:33.654',
      level: 'INFO',
      message: 'accepting AMQP connection <0.620.0> (127.0.0.1:52771 -> 127.0.0.1:5672)',
      fields: { process: '0.620.0' },
    },
    {
      text: '2018-11-22 10:23:26.180 [warning] <0.543.0> closing AMQP connection <0.543.0>: client unexpectedly closed TCP connection',
      time: '2018-11-22T10:23:26.180',
      level: 'WARN',
      message: 'closing AMQP connection <0.543.0>: client unexpectedly closed TCP connection',
    },
    {
      text: '2018-11-22 10:44:33.654 [debug] <0.158.0> Lager installed handler lager_backend_throttle into rabbit_log_lager_event',
      time: '2018-11-22T10:44:33.654',
      level: 'DEBUG',
      message: 'Lager installed handler lager_backend_throttle into rabbit_log_lager_event',
    },
  ],
};
