import { NetworkPeer, NetworkRule } from '../../job-namespace/network/network-peer';
import { SparkStorageOptions, Store } from './store';

/** Properties of checkpoint storage on HDFS. */
export interface HdfsStorageProps extends SparkStorageOptions {
  /** The name node, for example `hdfs://namenode.hdfs:8020`. */
  readonly nameNode: string;

  /**
   * The user that HDFS sees, on a cluster without Kerberos.
   *
   * @default - the one that the image runs as
   */
  readonly user?: string;

  /**
   * Peers and ports at which pods reach the name node and the data nodes.
   *
   * @default - every address, on the name node's port and on 9866, the port of data nodes
   */
  readonly egress?: NetworkRule;
}

const NAME_NODE = /^hdfs:\/\/[A-Za-z0-9.-]+:(\d{1,5})$/;
const DATA_NODE_PORT = 9866;

export function hdfsStore({ nameNode, user, egress }: HdfsStorageProps): Store {
  const port = Number(NAME_NODE.exec(nameNode)?.[1]);
  return {
    root: nameNode,
    place: nameNode,
    secretVariables: [],
    credentials: [],
    variables: user === undefined ? {} : { HADOOP_USER_NAME: user },
    egress: [{ name: 'hdfs', rule: egress ?? { peers: [NetworkPeer.anywhere()], ports: [port, DATA_NODE_PORT] } }],
    problems: [...nameNodeProblems(nameNode), ...userProblems(user)],
    configuration: () => ({}),
  };
}

function nameNodeProblems(nameNode: string): string[] {
  if (NAME_NODE.test(nameNode)) return [];
  const given = `nameNode is ${JSON.stringify(nameNode)}`;
  const remedy = 'give hdfs:// with host and port, such as "hdfs://namenode.hdfs:8020", and the folder as prefix';
  if (nameNode.startsWith('file:')) return [`${given}, a disk that is gone with its pod; ${remedy}`];
  if (!nameNode.includes(':')) return [`${given}, which means something else in each pod; ${remedy}`];
  return [`${given}; ${remedy}`];
}

function userProblems(user: string | undefined): string[] {
  if (user === undefined || /^[a-z_][a-z0-9_.-]*$/i.test(user)) return [];
  return [`user is "${user}"; give the name of a user`];
}
