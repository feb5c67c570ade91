package transport

import (
	"testing"
	"testing/synctest"
	"time"
)

// A session that is used for long meets many hosts, also some that it never gets a connection to.
func TestPoolForgetsHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPool(Limits{IdleTimeout: time.Minute}, time.Now)
		defer p.close()
		p.takeIdle(key{endpoint: endpoint{host: "refused.test"}})
		_, arrived := p.lead(key{endpoint: endpoint{host: "slow.test"}})
		time.Sleep(90 * time.Second)
		synctest.Wait()
		if len(p.places) != 1 {
			t.Errorf("%d places are known while one is dialled", len(p.places))
		}
		arrived(true)
		time.Sleep(90 * time.Second)
		synctest.Wait()
		if len(p.places) != 0 || p.sweep != nil {
			t.Errorf("%d places are known, sweeping %v", len(p.places), p.sweep != nil)
		}
	})
}
