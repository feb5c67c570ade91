package auth

import (
	"regexp"
	"strings"
	"sync"

	"parley/httpcore"
)

// located returns the authorizer with what it does not know yet of service and region, read from the host as curl does.
func (a sigV4Authorizer) located(p *httpcore.Prepared) (sigV4Authorizer, error) {
	host, _ := authority(p)
	service, region := locate(host)
	if a.service == "" {
		a.service = service
	}
	if a.region == "" {
		a.region = region
	}
	switch {
	case a.service == "":
		return a, authError(a.scheme, "needs service: the host "+host+" does not tell", "name it, such as s3 or execute-api")
	case a.region == "":
		return a, authError(a.scheme, "needs region: the host "+host+" does not tell", "name it, such as us-east-1")
	}
	if a.canonicalPath == nil {
		a.canonicalPath = canonicalPath
		if a.isS3() {
			a.canonicalPath = canonicalS3Path
		}
	}
	return a, nil
}

func (a sigV4Authorizer) isS3() bool {
	return a.service == "s3" || strings.HasPrefix(a.service, "s3-") || a.service == "s3express"
}

// awsRegion is compiled when it is needed: most programs that start sign nothing.
var awsRegion = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-[0-9]$`) })

// locate reads hosts such as sqs.eu-west-1.amazonaws.com, bucket.s3.eu-west-1.amazonaws.com and, for services without
// regions, iam.amazonaws.com. Of others it says nothing rather than something wrong.
func locate(host string) (service, region string) {
	rest, found := strings.CutSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if !found {
		return "", ""
	}
	labels := strings.Split(rest, ".")
	last := labels[len(labels)-1]
	switch {
	case len(labels) > 1 && awsRegion().MatchString(last):
		return labels[len(labels)-2], last
	case len(labels) == 1 || last == "s3":
		return last, "us-east-1"
	default:
		return "", ""
	}
}
