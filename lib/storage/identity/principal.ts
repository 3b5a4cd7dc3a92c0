import { CloudIdentity } from './cloud-identity';

/**
 * What a cloud knows an identity by, however it is given; `undefined` where that follows from the job's own account, or stands in
 * a Secret.
 */
export function principalOf({ _facts: { aws, awsPartition, google, clientId } }: CloudIdentity): string | undefined {
  // Two roles of one account never have one name, whatever their paths and the case of letters.
  const role = aws && `${awsPartition} ${aws.account} ${aws.role}`;
  return (role ?? google?.serviceAccount ?? clientId)?.toLowerCase();
}
